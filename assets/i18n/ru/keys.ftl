# Файл с ключом человека и подпись, сделанная им.
key-file-malformed = Это не закрытый ключ OpenSSH. Выберите файл, который создала команда `ssh-keygen -t ed25519`, — тот, что без .pub.
key-file-kind = Это ключ вида { $kind }; из файла подходит только ssh-ed25519. Подпишите командой `ssh-keygen -Y sign` и передайте готовую подпись.
key-file-cipher = Файл ключа защищён необычным способом. Подпишите командой `ssh-keygen -Y sign` и передайте готовую подпись.
key-file-passphrase-needed = Для этого ключа нужен пароль.
key-file-passphrase-wrong = Пароль не подходит. Ничего не подписано; введите ещё раз.

token-pin = PIN токена:
token-module = Модуль PKCS#11 { $path } использовать не удаётся: { $detail }. Укажите файл .so или .dll из комплекта токена.
token-missing = Токена с именем { $label } нет. Вставьте его или укажите имя, как оно записано в токене.
token-pin-wrong = PIN токена не подходит. Ничего не подписано. После нескольких попыток токен обычно блокируется.
token-pin-locked = PIN токена заблокирован. Разблокирует его тот, кто выдал токен.
token-no-key = В токене нет ключа, который здесь подходит: Ed25519, ECDSA на P-256 или P-384, RSA.
token-several-keys = В токене несколько подходящих ключей: { $count }. Укажите один: --token-key.
token-refused = Токен не подписал: { $detail }.

countersign-passphrase = Пароль ключа:
countersign-done = Подписано: { $path }{ $key ->
    [none] . Подпись приложена, здесь она не проверяется.
   *[other] , ключ { $key }
}
countersign-no-part = В папке { $path } нет части 00 одного опечатанного дня. Выберите папку с файлом, имя которого кончается на -00.zip.
countersign-not-whole = Файл { $path } не такой, каким его опечатали, поэтому ничего не подписано. Запустите `invigil verify` для его папки: проверка покажет, что изменено.
countersign-malformed = Этот файл не подпись. Её делает команда: ssh-keygen -Y sign -n invigil-archive -f КЛЮЧ tagmanifest-sha256.txt
countersign-wrong = Эта подпись стоит не под частью 00 этого дня. Подписывать нужно файл tagmanifest-sha256.txt из неё.
countersign-same-key = Ключом { $key } этот день уже подписали за другого. Каждый подписывает своим ключом.
countersign-exists = { $path } уже есть: подпись в этой роли стоит. Файл не тронут.
countersign-io = Не удаётся использовать { $path }: { $detail }.

# Бумажные акты.
act-no-day = Экзаменационного дня здесь нет. Начните его или укажите папку: --data ПАПКА.
act-not-closed = Архив дня { $day } ещё не опечатан; акт о закрытии составляют после этого.
act-day = Экзаменационный день { $day }, { $point }
act-opened = Открыт { $time }, камер: { $cameras }
act-device-key = Ключ станции: { $key }
act-epoch-key = Ключ начала дня: { $key }
act-closed = Закрыт { $time }
act-counts = Записей журнала: { $records }, фрагментов видео: { $segments }, кадров: { $frames }, перерывов в видео: { $gaps }
act-part = { $file }: { $bytes } байт, хеш { $hash }…
act-code = { $time } код { $code }{ $written ->
    [yes] , записан на бумаге
   *[no] , на бумаге не записан
}

# Карточка ключа станции.
card-station = Компьютер { $station }
card-date = Дата: { $date }
card-key = Ключ станции: { $fingerprint }
card-line = Строка для списка подписывающих в региональном центре:
card-written = Записано: { $path }
