# Названия проверок
check-free-disk = Место на диске
check-clock = Часы
check-references = Эталон вида камер
check-references-fine = Вид каждой камеры утверждён: { $cameras }
check-references-missing = Сегодня не утверждён вид камер: { $cameras }. Утвердите его и проверьте ещё раз
check-cameras = Камеры
check-programs = Программы
check-memory-and-load = Память и загрузка
check-target-medium = Носитель для копии
check-disk-health = Исправность дисков
check-power-saving = Сон и экран
check-network = Сеть
check-wireless = Wi-Fi и Bluetooth
check-usb-media = USB-накопители
check-software = Состав программ
check-antivirus = Антивирус
check-ups = ИБП
check-printers = Принтеры
check-test-page = Пробная страница
check-scanners = Сканеры
check-backups = Резервные копии

# Исход
outcome-passed = в порядке
outcome-failed = не в порядке
outcome-unknown = неизвестно

# Любая проверка
checks-too-long = Проверка не закончилась за { $seconds } с. Возможно, диск или программа не отвечает. Повторите проверку; если не помогло, перейдите на запасной компьютер
checks-broke-off = Проверка прервалась. Повторите её; если не помогло, перейдите на запасной компьютер
checks-no-thread = Проверку не удалось начать: { $detail }. Закройте лишние программы и повторите
checks-cameras-elsewhere = Камеры проверяет станция. Начните проверку в окне программы

# Место на диске
checks-disk-enough = Свободно { $free },{ $free_tenth } ГБ, нужно { $needed },{ $needed_tenth } ГБ
checks-disk-short = Не хватает { $short },{ $short_tenth } ГБ: свободно { $free },{ $free_tenth } ГБ, нужно { $needed },{ $needed_tenth } ГБ. Освободите место или подключите диск побольше
checks-disk-unknown = Не удалось узнать, сколько места свободно: { $detail }. Проверьте диск

# Часы
checks-clock-ok = На часах { $time }, время сверяется автоматически
checks-clock-compare = На часах { $time }. Автоматической сверки нет: сравните с эталонными часами
checks-clock-year = На часах { $year } год. Поставьте дату и время до начала записи
checks-clock-zone = Пояс компьютера { $is }, а нужен { $should } ({ $zone }). Поставьте часовой пояс в настройках компьютера
checks-clock-not-kept = На часах { $time }, и их ничто не сверяет. Включите сверку времени и проверьте, отвечает ли сервер времени
checks-clock-unknown = На часах { $time }; сверяются ли они, узнать не удалось. Спросите, какая служба должна сверять время
checks-clock-compared = На часах компьютера { $own }, на эталонных { $reference }: разница { $seconds } с
checks-clock-off = На часах компьютера { $own }, на эталонных { $reference }: разница { $seconds } с, допустимо { $most } с. Поставьте часы до начала записи и проверьте ещё раз
checks-clock-jumped = Пока шла проверка, часы перевели на { $seconds } с. Узнайте, кто или что переводит время, и проверьте ещё раз

# Программы
checks-programs-ok = Все нужные программы есть: { $count }
checks-programs-lacking = { $missing_count ->
        [0] {""}
       *[other] Нет программ: { $missing }.{" "}
    }{ $old_count ->
        [0] {""}
       *[other] Слишком старые, нужны не ниже: { $old }.{" "}
    }{ $unclear_count ->
        [0] {""}
       *[other] Не удалось узнать версию: { $unclear }.{" "}
    }Установите их и повторите проверку

# Память и загрузка
checks-memory-ok = Свободно памяти { $free_mb } МБ, процессор занят на { $load_percent } %
checks-memory-short = Свободно памяти { $free_mb } МБ, нужно { $needed_mb } МБ; процессор занят на { $load_percent } %. Закройте лишние программы или перезагрузите компьютер
checks-load-high = Процессор занят на { $load_percent } %, свободно памяти { $free_mb } МБ. Закройте лишние программы: при записи камер запас будет нужен
checks-memory-unknown = Не удалось узнать, сколько памяти свободно. Повторите проверку
checks-memory-hot = Внутри компьютера { $celsius } °C, допустимо { $most } °C. Освободите вентиляционные отверстия, закройте лишние программы и повторите проверку
checks-memory-no-sensor = Температуру компьютера узнать не удалось. Проверьте рукой, не горячий ли корпус

# Носитель для копии
checks-target-none = Носитель не выбран. Вставьте накопитель, выберите его и повторите проверку
checks-target-missing = Папки { $folder } нет. Вставьте накопитель или выберите другой
checks-target-unknown = Не удалось узнать, сколько места на { $folder }: { $detail }. Вставьте накопитель заново
checks-target-unwritable = Не удалось записать на { $folder }: { $detail }. Снимите защиту от записи или возьмите другой накопитель
checks-target-unreadable = Записанное на { $folder } не читается: { $detail }. Возьмите другой накопитель
checks-target-differs = С { $folder } прочитано не то, что записано. Накопитель неисправен: возьмите другой
checks-target-slow = Накопитель { $folder } записывает { $speed } КБ/с, нужно { $needed }. Вставьте его в другой разъём или возьмите другой
checks-target-short = На { $folder } свободно { $free },{ $free_tenth } ГБ, нужно { $needed },{ $needed_tenth } ГБ. Возьмите накопитель побольше
checks-target-ok = { $folder }: запись и чтение без ошибок, свободно { $free },{ $free_tenth } ГБ

# Любая программа, которую спрашивает проверка
checks-program-missing = Программы { $program } на компьютере нет, поэтому узнать не удалось. Установите её или проверьте сами
checks-program-hangs = Программа { $program } не ответила вовремя и остановлена. Повторите проверку; если не помогло, проверьте сами
checks-program-failed = Программа { $program } ответила ошибкой: { $detail }. Повторите проверку; если не помогло, проверьте сами
checks-program-unclear = Ответ программы { $program } непонятен. Проверьте сами
checks-file-unreadable = Не удалось прочитать { $file }: { $detail }. Проверьте сами

# Исправность дисков
checks-disk-health-ok = { $count ->
        [one] Диск сообщает, что исправен: { $count }
       *[other] Диски сообщают, что исправны: { $count }
    }
checks-disk-health-none = Ни один диск не сообщает о своём состоянии. Спросите, проверяли ли диск перед экзаменом
checks-disk-health-silent = Диск { $disk } не сообщил о своём состоянии: { $detail }. Для чтения нужны права администратора
checks-disk-health-fails = Диск { $disk } ({ $model }) сообщает, что выходит из строя. Не записывайте на него: перейдите на запасной компьютер
checks-disk-health-sectors = На диске { $disk } ({ $model }) плохих секторов: { $sectors }. Перейдите на запасной компьютер
checks-disk-health-worn = Диск { $disk } ({ $model }) изношен на { $percent } %. Перейдите на запасной компьютер
checks-disk-health-hot = Диск { $disk } ({ $model }) нагрет до { $celsius } °C. Проверьте вентиляцию компьютера

# Сон и гашение экрана
checks-power-ok = Компьютер не заснёт, экран не погаснет
checks-power-sleeps = Компьютер может заснуть: { $settings }. Выключите переход в сон в настройках питания
checks-power-screen = Экран может погаснуть: { $settings }. Выключите гашение экрана в настройках
checks-power-desktop = Настройки питания ведёт { $program }, прочитать их нельзя. Откройте настройки компьютера и выключите сон и гашение экрана
checks-power-unknown = Не удалось узнать, заснёт ли компьютер. Откройте настройки питания и выключите сон и гашение экрана

# Сеть
checks-network-none = Сеть не подключена
checks-network-local = Подключено: { $adapters }. Выхода наружу нет
checks-network-open = Есть выход в сеть: { $ways }
checks-network-on = Сеть подключена, а должна быть отключена: { $adapters }. Выньте сетевой кабель и выключите сетевые карты
checks-network-way-out = Есть выход из сети пункта: { $ways }. Отключите интернет на этом компьютере
checks-network-no-link = Сеть не подключена. Вставьте сетевой кабель
checks-network-no-way-out = Сеть подключена, но выхода из неё нет. Проверьте шлюз в настройках сети
checks-network-gateway = Шлюз должен быть { $wanted }, а задан { $ways }. Поправьте настройки сети
checks-network-silent = Шлюз { $gateway } не отвечает. Проверьте кабель и маршрутизатор
checks-network-strange = Сетевых карт, которых быть не должно: { $adapters }. Выньте или выключите их
checks-network-address = Адреса не из сети пункта: { $addresses }. Поправьте настройки сети

# Wi-Fi и Bluetooth
checks-wireless-none = Wi-Fi и Bluetooth на компьютере нет
checks-wireless-off = Wi-Fi и Bluetooth выключены
checks-wireless-allowed = Беспроводная связь включена, профиль пункта это допускает
checks-wireless-wifi = Включён Wi-Fi: { $adapters }. Выключите его в настройках компьютера
checks-wireless-bluetooth = Включён Bluetooth: { $adapters }. Выключите его в настройках компьютера

# USB-накопители
checks-usb-none = USB-накопителей не подключено
checks-usb-there = Подключены накопители: { $media }
checks-usb-strange = Подключены накопители, которых быть не должно: { $media }. Выньте их
checks-usb-few = Накопителей подключено: { $count }, нужно { $needed }. Вставьте недостающие

# Состав программ
checks-software-ok = Установлено программ: { $count }, все одобрены
checks-software-told = Установлено программ: { $count }, запрещённых нет. Списка одобренных в профиле нет
checks-software-no-list = Нет ни dpkg, ни rpm: узнать, что установлено, не у кого. Сверьте состав программ сами
checks-software-running = Работают запрещённые программы: { $names }. Закройте их и удалите с компьютера
checks-software-forbidden = Установлены запрещённые программы: { $names }. Удалите их
checks-software-missing = Нет программ из стандартного набора: { $names }. Установите их с установочной флешки
checks-software-version = Не та версия: { $names }. Установите нужную с установочной флешки
checks-software-unapproved = Программ не из стандартного набора: { $count }. Это { $names }. Удалите их или попросите руководителя ППЭ принять как есть
checks-software-from-anywhere = Программы запущены из папок пользователей: { $files }. Закройте их и узнайте, чьи они

# Антивирус
checks-antivirus-ok = { $name } работает, базам дней: { $days }
checks-antivirus-none = Антивируса на компьютере нет. Установите его или перейдите на запасной компьютер
checks-antivirus-not-asked = Антивируса на компьютере нет, профиль пункта его не требует
checks-antivirus-stopped = { $name } установлен, но не работает. Включите его защиту
checks-antivirus-old = { $name }: базам дней: { $days }, допустимо { $most }. Обновите базы с флешки или из сети до экзамена
checks-antivirus-future = { $name }: базы новее часов компьютера. Проверьте дату на компьютере
checks-antivirus-unloaded = { $name }: базы не загружены, их возраст неизвестен. Обновите базы
checks-antivirus-blind = { $name } не нашёл проверочный файл EICAR. Обновите базы и включите защиту
checks-antivirus-no-sample = Не удалось записать проверочный файл: { $detail }. Проверьте, есть ли место на диске

# ИБП
checks-ups-ok = Питание от сети, заряд { $percent } %, батареи хватит на { $minutes } мин
checks-ups-look = ИБП не подключён к компьютеру кабелем данных. Посмотрите на него сами
checks-ups-silent = ИБП не сообщает о своём состоянии полностью. Проверьте кабель данных и посмотрите на ИБП сами
checks-ups-off = ИБП не питает компьютер: выключен или стоит в обходе. Включите его
checks-ups-battery = ИБП работает от батареи. Включите его в сеть
checks-ups-replace = ИБП просит заменить батарею. Возьмите запасной ИБП
checks-ups-charge = Заряд ИБП { $percent } %, нужно { $needed } %. Оставьте его заряжаться и проверьте ещё раз
checks-ups-short = Батареи ИБП хватит на { $minutes } мин, нужно { $needed } мин. Отключите от него лишнее или возьмите запасной ИБП

# Принтеры
checks-printers-ok = Принтеры готовы: { $count }
checks-printers-not-asked = Профиль пункта не требует принтеров у этого компьютера
checks-printers-no-service = Служба печати не запущена. Перезагрузите компьютер
checks-printers-missing = Принтера { $name } нет. Подключите и включите его
checks-printers-stopped = Принтер { $name } остановлен или не отвечает. Включите его и снимите с паузы
checks-printers-refuses = Принтер { $name } не принимает задания. Разрешите приём в настройках печати
checks-printers-complains = Принтер { $name } сообщает: { $complaints }. Устраните и проверьте ещё раз
checks-printers-supply = У принтера { $name } осталось краски { $percent } %. Замените картридж
checks-test-page-printed = Пробная страница отправлена на принтеры: { $count }. Посмотрите, ровно ли она напечатана
checks-test-page-by-hand = Напечатайте пробную страницу на каждом принтере сами и посмотрите, ровно ли она напечатана
checks-test-page-unwritten = Не удалось подготовить пробную страницу: { $detail }. Проверьте, есть ли место на диске
checks-test-page-refused = Принтер { $name } не принял пробную страницу: { $detail }. Проверьте принтер
checks-test-page-stuck = Пробная страница застряла в очереди принтера { $name }. Проверьте, включён ли он и есть ли бумага

# Сканеры
checks-scanners-ok = Сканеры работают: { $count }
checks-scanners-not-asked = Профиль пункта не требует сканеров у этого компьютера
checks-scanners-few = Сканеров найдено: { $count }, нужно { $needed }. Подключите и включите недостающие
checks-scanners-fails = Сканер { $name } не отсканировал страницу: { $detail }. Включите его заново и проверьте ещё раз

# Резервные копии
checks-backups-ok = Резервные копии на месте, закрытых дней: { $count }
checks-backups-not-asked = Профиль пункта не требует резервных копий
checks-backups-missing = Папки для резервных копий { $folder } нет. Подключите диск, на котором она лежит
checks-backups-stale = В { $folder } нет полной копии дня { $day }. Сделайте её снова в окне «Архив»
checks-backups-unwritable = В { $folder } нельзя записать: { $detail }. Проверьте диск и права
checks-backups-full = В { $folder } свободно { $free },{ $free_tenth } ГБ, для сегодняшней копии нужно { $needed },{ $needed_tenth } ГБ. Освободите место

## Что измерено при проверке
ui-measured-antivirus = Антивирус
ui-measured-memory-free = Свободно памяти
ui-measured-memory = Памяти всего
ui-measured-charge = Заряд ИБП, %
ui-measured-clock = Часы компьютера
ui-measured-offset = Часовой пояс компьютера: минут от UTC
ui-measured-offset-expected = Часовой пояс пункта: минут от UTC
ui-measured-clock-off = Часы отличаются, с
ui-measured-reference = Точное время
ui-measured-synchronised = Часы сверяет сервер времени
ui-measured-free = Свободно
ui-measured-needed = Нужно
ui-measured-total = Всего
ui-measured-tested = Записано для пробы
ui-measured-test-time = Проба заняла, мс
ui-measured-read = Скорость чтения, КБ/с
ui-measured-write = Скорость записи, КБ/с
ui-measured-further = Ещё замечаний
ui-measured-hottest = Самая высокая температура, °C
ui-measured-load = Занято процессора, %
ui-measured-processors = Ядер процессора
ui-measured-processes = Запущено процессов
ui-measured-packages = Установлено программ
ui-measured-outside-list = Нет в списке
ui-measured-unapproved = Не разрешено программ
ui-measured-packed-days = Упакованных дней
ui-measured-copied = День { $of }: файлов в копии из { $count }
ui-measured-runtime = Батареи ИБП хватит, мин
ui-measured-ups = ИБП сообщает
ui-measured-scanners = Сканеры
ui-measured-signatures = Базы антивируса от
ui-measured-signatures-age = Возраст баз антивируса, дней
ui-measured-test-file = Антивирус находит пробный файл
ui-measured-ways-out = Выход в интернет через
ui-measured-address = { $of }: адрес
ui-measured-bad-sectors = { $of }: сбойных секторов
ui-measured-celsius = { $of }: температура, °C
ui-measured-complaints = { $of }: принтер сообщает
ui-measured-job = { $of }: номер пробной страницы
ui-measured-link = { $of }: связь по сети
ui-measured-medium = { $of }: носитель
ui-measured-model = { $of }: модель
ui-measured-page = { $of }: размер скана в точках
ui-measured-state = { $of }: принтер
ui-measured-supplies = { $of }: осталось краски, %
ui-measured-worn = { $of }: изношен, %
ui-measured-frames = { $of }: проверено кадров
ui-measured-rate = { $of }: кадров в секунду
ui-measured-size = { $of }: размер картинки в точках
ui-measured-bluetooth = Bluetooth { $of }
ui-measured-wifi = Wi-Fi { $of }
ui-measured-none = нет
ui-measured-connected = есть
ui-measured-not-connected = нет
ui-measured-missing = не найден
ui-measured-yes = да
ui-measured-no = нет
ui-measured-on = включено
ui-measured-off = выключено
ui-measured-ready = готов
ui-measured-stopped = остановлен
ui-measured-unknown = неизвестно
