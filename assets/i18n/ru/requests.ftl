### Запросы о помощи: кто где ждёт, кто помогает, что не работает сейчас.

event-request-made = Запрос № { $request }, помещение { $room }, { $category }: { $text }
event-request-passed = Запрос № { $request } передан { $to ->
    [second] второй линии
    [head] руководителю
   *[first] техническому специалисту
}: { $reason }
event-request-late = Запрос № { $request } не решён в срок, сообщено { $to ->
    [head] руководителю
   *[second] второй линии
}
event-request-resolved = Запрос № { $request } решён: { $text }

refused-no-request = Открытого запроса с таким номером нет.
refused-unknown-category = Такого вида запросов в профиле нет.
refused-many-requests = Запросов за день уже { $count }. Больше станция не принимает: записывайте их на бумаге.

fault-category-twice = { $file }:{ $line }: { $key }: вид запросов «{ $id }» указан дважды
fault-head-minutes = { $file }:{ $line }: { $key }: руководитель узнаёт раньше второй линии. Укажите не меньше, чем в minutes

ui-screen-requests = Запросы
ui-pages-all = Показать всё за день: { $count }
ui-pages-range = С { $from } по { $to } из { $of }, новые сверху
ui-pages-older = Более ранние
ui-pages-newer = Более поздние
ui-pages-less = Свернуть
ui-requests-title = Запросы о помощи
ui-requests-no-day = Сначала начните экзаменационный день на экране «Сегодня».
ui-requests-none = Запросов нет. Когда из помещения попросят помощи, нажмите «Новый запрос».
ui-requests-more = И ещё открытых: { $count }
ui-request-new = Новый запрос
ui-request-new-title = Новый запрос
ui-request-new-go = Записать
ui-request-room = Где нужна помощь
ui-request-category = С чем
ui-request-text = Что случилось (можно не заполнять)
ui-request-head = № { $request }, { $time }. Помещение { $room }: { $category }
ui-request-line = Занимается { $line ->
    [second] вторая линия
    [head] руководитель
   *[first] технический специалист
}, срок { $due }.
ui-request-late = Срок прошёл, { $to ->
    [head] знает руководитель.
   *[second] пора звать вторую линию.
}
ui-request-resolved = Решён за { $minutes } мин: { $text }
ui-request-pass = Передать…
ui-request-pass-title = Передать запрос № { $request }
ui-request-pass-go = Передать
ui-request-to = Кому
ui-request-to-first = технический специалист
ui-request-to-second = вторая линия
ui-request-to-head = руководитель
ui-request-reason = Почему
ui-request-resolve = Решён…
ui-request-resolve-title = Запрос № { $request } решён
ui-request-resolve-text = Напишите, что помогло: это войдёт в журнал работ.
ui-request-resolve-go = Записать
ui-request-done = Что сделано
ui-trouble-request = Помещение { $room }: запрос № { $request } не решён в срок
ui-trouble-request-second-do = Позвоните второй линии и передайте ей запрос, если не справляетесь сами.
ui-trouble-request-head-do = Сообщите руководителю пункта: решать ему.
ui-board-title = Не работает сейчас
ui-board-none = Всё работает.
ui-board-line = { $time } { $what }
ui-board-request = Запрос № { $request }, помещение { $room }: { $category }
ui-board-camera = Нет видео: { $camera }
ui-board-picture = Картинка не годится: { $camera }
ui-board-step = Проверка не пройдена: { $step }
ui-board-disk-low = Места на диске до конца записи не хватит
ui-board-disk-critical = Места на диске осталось на несколько минут

cli-requests-none = { $day }: запросов не было
cli-request-told = № { $number }. { $time }, помещение { $room }, { $category }: { $text }
cli-request-passed = { "    " }Передан { $to ->
    [second] второй линии
    [head] руководителю
   *[first] техническому специалисту
}: { $text } ({ $who }, { $at })
cli-request-late = { "    " }Не решён в срок, сообщено { $to ->
    [head] руководителю
   *[second] второй линии
}
cli-request-resolved = { "    " }Решён за { $minutes } мин: { $text } ({ $who }, { $at })
cli-request-open = { "    " }Не решён

note-step = Проверка не пройдена: { $step }
cli-operations-none = { $day }: пока ничего не делалось
cli-notes-none = { $day }: объяснительные записки не нужны, отказов не было
cli-note-head = Записка № { $number }. { $about ->
    [outage] Нет видео
    [request] Запрос не решён в срок
    [check] Проверка не пройдена
   *[equipment] Событие с оборудованием
}. Пункт { $point }
cli-note-time = { "    " }Когда: { $from } – { $to }. Где: { $place }
cli-note-what = { "    " }Что: { $what }
cli-note-written = { "    " }Объяснение: { $text } ({ $who }, { $at })
cli-note-unwritten = { "    " }Объяснение: ______________________________
cli-operation = { $at } { $what } ({ $who })
