# Что проверка говорит об архиве.

archive-integrity-valid = Всё на месте и не изменено.
archive-integrity-incomplete = То, что есть, не изменено, но чего-то не хватает.
archive-integrity-tampered = После опечатывания что-то изменили.
archive-integrity-cannot-verify = Проверить это нельзя.

archive-provenance-anchored = Коды бумажных актов совпадают с архивом.
archive-provenance-known-key = Подписано ключом из вашего списка.
archive-provenance-unchecked = Чьим ключом подписано, не проверялось: список ключей не указан.
archive-provenance-untrusted-key = Подписано ключом, которого нет в вашем списке.

archive-headline-intact = { $count ->
    [one] { $count } фрагмент видео цел
    [few] { $count } фрагмента видео целы
   *[other] { $count } фрагментов видео целы
}
archive-headline-others = { $count ->
    [one] ещё { $count } фрагмент цел
    [few] ещё { $count } фрагмента целы
   *[other] ещё { $count } фрагментов целы
}
archive-place-record = запись { $record }

# Запись и копирование частей.
archive-part-exists = Файл { $path } уже есть. Он не тронут; выберите другую папку или перенесите его.
archive-file-unreadable = Не удаётся прочитать { $path }: { $detail }. Проверьте диск и кабель.
archive-disk-full = Диск заполнен: { $path } записать не удалось. Освободите место; записанное раньше цело.
archive-part-write = Не удалось записать { $path }: { $detail }. Проверьте диск; записанное раньше цело.
archive-part-full = В { $path } нет места ещё для { $bytes } байт. Нужна новая часть.
archive-bad-name = Так файл в архиве называться не может: { $detail }.
archive-read-back = { $path } читается не так, как был записан. Неисправен диск или кабель: возьмите другой.
archive-part-damaged = Файл { $path } повредился на диске ({ $detail }). Он сохранён как есть; запись идёт в новую часть.
archive-part-broken = Запись в { $path } раньше не удалась. Перед использованием часть нужно проверить.
archive-copy-write = Не удалось записать копию { $path }: { $detail }. Проверьте носитель и повторите.
archive-copy-other = { $path } — другой файл с тем же именем. Он не тронут; выберите пустую папку.
archive-copy-stopped = Копирование остановлено. Скопированное цело; при новом запуске копирование продолжится.

# Что не так с частью.
archive-not-a-part = Это не часть архива экзаменационного дня.
archive-unreadable = Не удаётся прочитать: { $detail }.
archive-zip-no-end = Файл обрезан, или изменён его конец.
archive-zip-too-large = В файле { $bytes } байт — больше, чем бывает в части.
archive-zip-gap = В файле есть байты, которые не относятся ни к одной записи или относятся к двум, с байта { $at }.
archive-zip-form = Файл записан не так, как записываются части: { $detail }.
archive-zip-crc = Изменена контрольная сумма в заголовке ZIP.
archive-file-added = Этот файл добавлен: в подписанном списке его нет.
archive-file-removed = Этот файл удалён: в подписанном списке он есть.
archive-file-changed = Этот файл изменён: его хеш не тот, что в подписанном списке.
archive-file-unlisted = Подписанный список не называет этот файл.
archive-manifest-form = Список хешей изменён.
archive-signature-wrong = Подпись не подходит.
archive-signature-other-key = Ключ рядом с подписью — не тот, которым подписано.
