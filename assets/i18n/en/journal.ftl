device-key-exists = There is a station key already: { $path }. It is never replaced, because sealed archives name it. Use it, or choose another data folder.
device-key-missing = The station key is not there: { $path }. Prepare the point first, or bring the key back from its copy.
device-key-damaged = The station key can't be read: { $path } is damaged or not a key. Bring it back from its copy.
device-key-io = The station key could not be reached: { $path } ({ $cause }). Check the disk and the rights to the folder.
no-random-numbers = The computer gives no random numbers, so no key can be made. Restart the computer; if it happens again, use the spare one.
