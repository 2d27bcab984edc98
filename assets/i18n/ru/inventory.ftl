# Equipment: tables, the register, the screen
csv-encoding = строка { $line }: кодировка не UTF-8 и не Windows-1251. Сохраните таблицу как «CSV UTF-8»
csv-open-quote = строка { $line }: кавычка открыта и не закрыта. Исправьте её в таблице
csv-behind-quote = строка { $line }: после закрытой кавычки стоит текст. Кавычку внутри текста пишут дважды
csv-too-many = в таблице больше { $max } строк. Разделите её на несколько
xlsx-no-workbook = это не книга XLSX, или она под паролем. Откройте её в табличной программе и сохраните как «Книга Excel»
xlsx-broken = строка { $line }: книга повреждена. Откройте её в табличной программе и сохраните заново
xlsx-too-long = книга слишком велика, в ней больше { $max } МБ. Оставьте один лист с таблицей
xlsx-too-wide = в таблице больше { $max } столбцов. Оставьте те, что нужны
inventory-empty = таблица пуста. Нужна строка с названиями столбцов и под ней оборудование
inventory-column-unknown = столбец «{ $name }» неизвестен. Удалите его или переименуйте
inventory-column-twice = столбец «{ $name }» уже есть. Оставьте один
inventory-column-missing = нет столбца «{ $name }» ({ $or }). Добавьте его
inventory-number = строка { $line }: «{ $number }» — не инвентарный номер. Нужно от 1 до 40 знаков: буквы, цифры и . - / _ №
inventory-twice = строка { $line }: номер { $number } уже есть в строке { $first }. Оставьте одну
inventory-no-kind = строка { $line }: не указан вид. Напишите, что это: камера, ноутбук, принтер…
inventory-too-long = строка { $line }: «{ $name }» длиннее { $max } знаков. Сократите
inventory-state-unknown = строка { $line }: состояние «{ $text }» неизвестно. Возможны: { $known }
inventory-faults = Таблица { $file } не принята, ошибок: { $count }. Исправьте их и загрузите её снова
inventory-file-too-long = Файл { $file } слишком велик для таблицы. Скорее всего, указан не тот файл
inventory-not-written = Не удалось записать { $file }: { $detail }. Укажите новый файл в другой папке
inventory-imported = Добавлено: { $added }, изменено: { $changed }, без изменений: { $same }
inventory-exported = Записано строк: { $count }. Файл: { $file }
inventory-counted = Найдено: { $found }, не хватает: { $missing }
inventory-state = { $state ->
    [in-use] в работе
    [reserve] резерв
    [repair] в ремонте
   *[written-off] списано
}

# What the station refuses
refused-item-not-there = Оборудования с таким номером в реестре нет. Проверьте номер.
refused-item-unknown = Номера { $number } нет в реестре. Проверьте его или сначала внесите.
refused-item-written-off = Это списано. Выберите другое.
refused-item-not-in-reserve = На замену берут только из резерва. Сначала верните эту единицу в резерв.
refused-item-other-kind = На замену нужно оборудование того же вида.
refused-no-count = Сейчас ничего не пересчитывают. Начните пересчёт.
refused-count-goes-on = Пересчёт уже идёт. Завершите его.
refused-stock-full = Расходных материалов уже { $max } видов, больше не поместится.

# Events
event-items-listed = В реестр внесено оборудования: { $count }
event-item-moved = Оборудование { $number }: { $act ->
    [move] перемещено
    [hand-out] выдано
    [return] возвращено
    [repair] в ремонт
   *[write-off] списано
}, { $place }, { $holder }. { $note }
event-item-replaced = Вместо { $old } теперь { $new }. Причина: { $reason }
event-items-counted = Пересчёт № { $count }: найдено { $found }{ $missing ->
    [going] {""}
   *[other] , не хватает { $missing }
}
event-stock-changed = { $name }: осталось { $left } { $unit }. { $note }

# The screen
ui-screen-equipment = Оборудование
ui-inventory-title = Оборудование
ui-inventory-search = Найти: номер, вид, место, у кого
ui-inventory-all = Всё
ui-inventory-reserve = Резерв
ui-inventory-uncounted = Ещё не найдено
ui-inventory-count-begin = Начать пересчёт
ui-inventory-count-end = Завершить пересчёт
ui-inventory-counting = Идёт пересчёт: найдено { $found }, осталось { $missing }
ui-inventory-empty = Реестр пуст. Загрузите таблицу: invigil equipment import.
ui-inventory-range = { $first }–{ $last } из { $of }
ui-inventory-next = Дальше
ui-inventory-before = Назад
ui-inventory-about = Серийный номер: { $serial } · назначение: { $role } · изменено { $date }
ui-inventory-move = Переместить
ui-inventory-hand-out = Выдать
ui-inventory-return = Вернуть в резерв
ui-inventory-repair = В ремонт
ui-inventory-write-off = Списать
ui-inventory-replace = Заменить из резерва
ui-inventory-found = Найдено
ui-inventory-act-title = { $act }: { $number }
ui-inventory-act-go = Записать
ui-inventory-place = Место
ui-inventory-holder = У кого
ui-inventory-note = Примечание
ui-inventory-replace-text = На замену нужен вид «{ $kind }» из резерва. Он получит место и назначение прежнего.
ui-inventory-replace-new = Инвентарный номер нового
ui-inventory-replace-reason = Причина замены
ui-stock-title = Расходные материалы
ui-stock-add = Добавить
ui-stock-change = Изменить
ui-stock-left = { $name }: { $left } { $unit }
ui-stock-low = Заканчивается: закажите ещё (порог { $low }).
ui-stock-name = Что это
ui-stock-unit = Единица: шт., пачка
ui-stock-count = Осталось
ui-stock-threshold = Когда заказывать
ui-stock-go = Записать
