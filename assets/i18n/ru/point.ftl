# Файл целиком
file-missing = Нет файла { $file }. Проверьте путь и имя файла
file-unreadable = Не удалось прочитать файл { $file }: { $detail }. Проверьте права доступа и носитель
file-not-ordinary = { $file } — не обычный файл. Укажите файл, а не папку
file-too-long = Файл { $file } больше 1 МиБ. Скорее всего, указан не тот файл
file-not-utf8 = { $file }, строка { $line }: текст не в кодировке UTF-8. Сохраните файл в UTF-8
file-faults = В файле { $file } ошибок: { $count }. Файл не принят. Исправьте все перечисленные ошибки

# Ошибки в файле
fault-syntax = { $file }:{ $line }: запись не по правилам TOML: { $detail }. Исправьте эту строку
fault-unknown-key = { $file }:{ $line }: { $key }: такого ключа нет. Удалите его или исправьте имя; здесь возможны: { $known }
fault-missing = { $file }:{ $line }: { $key }: ключа не хватает. Добавьте его
fault-type = { $file }:{ $line }: { $key }: нужно { $wanted ->
        [string] слово или фраза в кавычках
        [integer] целое число без кавычек
        [boolean] true или false без кавычек
        [table] таблица: [раздел] или {"{"} … {"}"}
       *[array] список в квадратных скобках
    }, а записано другое
fault-empty = { $file }:{ $line }: { $key }: пусто. Впишите текст
fault-too-long = { $file }:{ $line }: { $key }: текст слишком длинный. Сократите до { $max } знаков
fault-control = { $file }:{ $line }: { $key }: в тексте есть перевод строки или невидимый знак. Запишите одной строкой
fault-choice = { $file }:{ $line }: { $key }: значение «{ $text }» неизвестно. Возможны: { $known }
fault-range = { $file }:{ $line }: { $key }: число вне пределов. Укажите от { $min } до { $max }
fault-odd = { $file }:{ $line }: { $key }: число нечётное. Ширина и высота кадра должны быть чётными
fault-count = { $file }:{ $line }: { $key }: нужно от { $min } до { $max } значений. Проверьте список
fault-id = { $file }:{ $line }: { $key }: «{ $text }» не подходит. Здесь нужно: { $kind ->
        [region-code] код региона, до 8 знаков: латинские буквы a–z, цифры
        [exam-point-code] код ППЭ, до 12 знаков: латинские буквы a–z, цифры
        [station-name] имя станции, до 16 знаков: латинские буквы a–z, цифры, дефис
        [room-number] номер помещения, от 2 до 6 знаков: цифры, латинские буквы A–Z
        [camera-name] имя камеры, до 32 знаков: латинские буквы a–z, цифры, дефис
        [person-id] имя для человека, до 32 знаков: латинские буквы a–z, цифры, дефис
        [phase-id] имя этапа, до 32 знаков: латинские буквы a–z, цифры, дефис
        [checklist-id] имя списка, до 48 знаков: латинские буквы a–z, цифры, дефис
        [step-id] имя шага, до 48 знаков: латинские буквы a–z, цифры, дефис
       *[other] до 64 знаков: латинские буквы a–z, цифры, дефис
    }
fault-source = { $file }:{ $line }: { $key }: источник камеры не понят. Запишите usb:…, rtsp://имя:пароль@адрес/путь, file:… или pattern:…; в пароле вместо / пишется %2F, вместо @ — %40
fault-microphone = { $file }:{ $line }: { $key }: микрофон не понят. Запишите "any" или "alsa:" и часть его названия
fault-sound-source = { $file }:{ $line }: { $key }: у этого источника нет своего звука. Укажите микрофон: microphone = "any"
fault-two-sounds = { $file }:{ $line }: { $key }: звук уже идёт вместе с картинкой. Оставьте что-то одно: sound или microphone
fault-time-zone = { $file }:{ $line }: { $key }: часовой пояс «{ $text }» неизвестен. Запишите, например, Europe/Moscow
fault-time = { $file }:{ $line }: { $key }: «{ $text }» — не время. Запишите часы и минуты, например 10:00
fault-month-day = { $file }:{ $line }: { $key }: «{ $text }» — не день года. Запишите месяц и день, например 03-01
fault-date = { $file }:{ $line }: { $key }: «{ $text }» — не дата. Запишите год, месяц и день, например 2026-05-29
fault-version = { $file }:{ $line }: { $key }: «{ $text }» — не номер версии. Запишите числа через точку, например 5.1
fault-code-hash = { $file }:{ $line }: { $key }: это не хеш кода. Возьмите строку целиком из вывода invigil point code
fault-recipient = { $file }:{ $line }: { $key }: это не получатель age. Возьмите у РЦОИ строку, которая начинается с age1, и скопируйте её целиком
fault-folder = { $file }:{ $line }: { $key }: нужен полный путь к папке, например /srv/backup/daily
fault-full-path = { $file }:{ $line }: { $key }: нужен полный путь к файлу, например /srv/standard.txt
fault-subnet = { $file }:{ $line }: { $key }: «{ $text }» — не сеть. Пример: 192.168.0.0/24 или один адрес 192.168.0.5
fault-address = { $file }:{ $line }: { $key }: «{ $text }» — не адрес. Пример: 192.168.0.1
fault-same-folder = { $file }:{ $line }: { $key }: daily и cumulative — одна и та же папка. Укажите две разные
fault-twice = { $file }:{ $line }: { $key }: «{ $text }» уже есть в строке { $first }. Дайте другое имя или удалите повтор
fault-unknown-room = { $file }:{ $line }: { $key }: помещения «{ $text }» нет в списке rooms. Добавьте его или исправьте номер
fault-zone = { $file }:{ $line }: { $key }: зона не та, что у помещения { $room }. Исправьте или удалите этот ключ
fault-role = { $file }:{ $line }: { $key }: такой роли нет. Возможны: { $known }
fault-phase-order = { $file }:{ $line }: { $key }: этап стоит раньше предыдущего ({ $before } мин). Расставьте этапы по порядку дня
fault-results-of-no-use = { $file }:{ $line }: { $key }: дни до объявления результатов учитываются только вместе с keep_days_after_results
fault-room-length = { $file }:{ $line }: { $key }: запишите все номера помещений одинаковой длины, как { $text }; впереди поставьте нули
fault-too-few-cameras = { $file }:{ $line }: { $key }: в помещении { $room } камер{ $sound ->
        [wanted] { " " }со звуком
       *[any] { "" }
    } { $count } из { $wanted }
fault-nobody = { $file }:{ $line }: { $key }: ни у кого из people нет права { $right }. Дайте его роли, в которой есть человек
fault-second-person = { $file }:{ $line }: { $key }: доступ и вторую подпись может дать только один и тот же человек. Дайте право second_sign ещё одному
fault-checklist-id = { $file }:{ $line }: { $key }: имя списка не то, что у файла. Запишите id = "{ $text }" или переименуйте файл
fault-check-missing = { $file }:{ $line }: { $key }: шаг выполняет компьютер, а проверка не названа. Добавьте check или укажите kind = "manual"
fault-check-unwanted = { $file }:{ $line }: { $key }: шаг выполняет человек, проверка лишняя. Удалите check или укажите kind = "both"
fault-check-in-day = { $file }:{ $line }: { $key }: вид с камер утверждают в сам день экзамена. Перенесите шаг в список экзаменационного дня
fault-photo-in-day = { $file }:{ $line }: { $key }: снимок хранится в архиве экзаменационного дня. Удалите ключ или перенесите шаг в список этого дня
fault-span-main = { $file }:{ $line }: { $key }: этот список проходят в день экзамена. Удалите span
fault-span-round = { $file }:{ $line }: { $key }: обход повторяют только в день экзамена. Удалите every_minutes или span
fault-for-each-clash = { $file }:{ $line }: { $key }: имя «{ $text }» может совпасть с повторами шага «{ $many }» (строка { $first }). Дайте другое имя
fault-nobody-confirms = { $file }:{ $line }: { $key }: этот шаг никто не подтверждает. Удалите ключ или укажите kind = "both"
fault-placeholder = { $file }:{ $line }: { $key }: «{ $text }» нечем заменить. Здесь можно: { $known }
fault-placeholder-missing = { $file }:{ $line }: { $key }: повторы не различить. Напишите в названии { $text }

refused-login-moved = Знак { $mark } заменяет имя и пароль камеры с другим адресом. Введите имя и пароль для этого адреса заново.

# invigil point
checklist-sound = { $file }: шагов { $steps }, ошибок не найдено.
checklist-all-sound = В списках папки данных и во встроенных ошибок не найдено.
point-saved = { $file }: записан, станция работает по этому профилю
point-sound = { $file }: ошибок нет
point-file-demo = встроенный пример
point-show-point = Пункт { $region }-{ $point } ({ $station }): { $name }, { $address }
point-show-exam = { $subject }, начало в { $start }, { $minutes } мин, пояс { $zone }
point-show-rooms = Помещений: { $count }
point-show-cameras = Камер: { $count }
point-show-people = Людей: { $count }
point-show-phases = Этапов дня: { $count }
point-example-written = Записано: { $file }
point-example-not-written = { $file } не записать: { $detail }. Укажите пустую папку: --to
