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

# Носитель для копии
checks-target-none = Носитель не выбран. Вставьте накопитель, выберите его и повторите проверку
checks-target-missing = Папки { $folder } нет. Вставьте накопитель или выберите другой
checks-target-unknown = Не удалось узнать, сколько места на { $folder }: { $detail }. Вставьте накопитель заново
checks-target-unwritable = Не удалось записать на { $folder }: { $detail }. Снимите защиту от записи или возьмите другой накопитель
checks-target-unreadable = Записанное на { $folder } не читается: { $detail }. Возьмите другой накопитель
checks-target-differs = С { $folder } прочитано не то, что записано. Накопитель неисправен: возьмите другой
checks-target-short = На { $folder } свободно { $free },{ $free_tenth } ГБ, нужно { $needed },{ $needed_tenth } ГБ. Возьмите накопитель побольше
checks-target-ok = { $folder }: запись и чтение без ошибок, свободно { $free },{ $free_tenth } ГБ
