cli-no-data-folder = Can't tell where the data folder is: the environment names none. Name it with --data FOLDER
cli-data-folder = Can't open the data folder { $folder }: { $detail }. Check that the folder is writable, or name another one with --data FOLDER
cli-no-window = This build of the program has no window. List of commands: invigil --help
