# Окно.

ui-title = Пост технического специалиста
ui-no-display = Окно не открылось: нет экрана или графики ({ $detail }). Войдите за самим компьютером или выполните установку, как сказано в README.

## Числа и время
ui-date = { $day } { $month ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
   *[12] декабря
} { $year }
ui-hours = { $hours } ч { $minutes } мин
ui-minutes = { $minutes } мин
ui-seconds = { $seconds } с
ui-minutes-seconds = { $minutes } мин { $seconds } с
ui-gigabytes = { $amount } ГБ
ui-megabytes = { $amount } МБ
ui-kilobytes = { $amount } КБ
ui-time-rule = Время пишется так: 07:31

## Общее
ui-cancel = Отмена
ui-understood = Понятно
ui-connecting = Связываемся со станцией…
ui-connecting-text = Станция записывает камеры и ведёт журнал. Обычно это занимает несколько секунд.
ui-leave = Закрыть окно
ui-station-not-started = Станция не запустилась
ui-station-fault = Журнал больше не записывается
ui-station-disk = Диск с записями недоступен
ui-station-lost = Станция не отвечает
ui-station-lost-do = Закройте окно и откройте его снова. Если запись шла, она продолжается и без окна.
ui-language-other = English

## Экраны
ui-screen-today = Сегодня
ui-screen-check = Проверка
ui-screen-cameras = Камеры
ui-screen-access = Доступ
ui-screen-close = Завершение
ui-screen-review = Просмотр
ui-rail-needs = { $screen }, требует внимания: { $count }
ui-look-light = Светлый вид
ui-look-dark = Тёмный вид
ui-look-contrast = Контрастный вид

## Верхняя строка
ui-bar-point = ППЭ { $code }
ui-bar-review = Просмотр архива
ui-bar-connecting = Связь со станцией…
ui-bar-to-exam = до экзамена
ui-bar-exam-runs = идёт экзамен
ui-bar-exam-over = экзамен окончен
ui-sign-out = Выйти: { $name }
ui-chip-no-day = День не начат
ui-chip-not-recording = Запись не идёт
ui-chip-recording = Запись { $works } из { $of }
ui-chip-stopped = Запись остановлена
ui-chip-closed = Архив подписан
ui-chip-disk-until = Диск до { $time }
ui-chip-disk-free = Диск: { $free }
ui-chip-station-lost = Станция не отвечает

## Вход
ui-sign-in-title = Вход
ui-sign-in-who = Кто вы?
ui-sign-in-choose = Выберите себя в списке слева.
ui-sign-in-pin = PIN-код
ui-sign-in-pin-text = { $name }, введите ваш PIN-код.
ui-sign-in-first = Придумайте PIN-код
ui-sign-in-first-text = { $name }, вы входите впервые. Придумайте не меньше четырёх цифр и никому их не называйте.
ui-sign-in-again = Повторите PIN-код
ui-sign-in-again-text = { $name }, введите те же цифры ещё раз.
ui-sign-in-differed = Цифры не совпали. Придумайте PIN-код заново.
ui-sign-in-next = Дальше
ui-sign-in-go = Войти
ui-pin-clear = Стереть всё
ui-pin-back = Стереть цифру
ui-pin-entered = { $count ->
    [0] PIN-код не введён
    [one] Введена { $count } цифра
    [few] Введено { $count } цифры
   *[other] Введено { $count } цифр
}

## Согласие второго человека
ui-consent-title = Нужно согласие
ui-consent-right = { $right ->
    [plan] Начать экзаменационный день может тот, у кого есть на это право.
    [check] Проводить проверку может тот, у кого есть на это право.
    [waive] Оставить шаг невыполненным решает руководитель.
    [start] Начать запись может тот, у кого есть на это право.
    [stop] Остановить запись можно только по распоряжению руководителя.
    [access] Открывать и закрывать доступ может тот, у кого есть на это право.
    [seal] Закрыть день и подписать архив может тот, у кого есть на это право.
    [supervise] Это разрешает руководитель или член ГЭК.
    [configure] Профиль пункта меняет руководитель или РЦОИ.
   *[other] Для этого нужно согласие того, у кого есть такое право.
} Пусть он выберет себя и введёт свой PIN-код.
ui-consent-second = Это подтверждают двое. Второй выбирает себя и вводит свой PIN-код.
ui-consent-who = Кто соглашается
ui-consent-go = Согласен
ui-consent-nobody = Больше никто из списка этого разрешить не может. Если человек пришёл вместо другого, впишите его на экране входа.
ui-consent-no-pin = { $person }: ещё не входил

## Сегодня
ui-next-now = Сейчас нужно
ui-next-prepare = Пора пройти список «{ $name }»
ui-next-prepare-text = Осталось шагов: { $left }. Закончить до { $until }.
ui-next-prepare-late = Срок прошёл { $until }, осталось шагов: { $left }. Пройдите их сейчас.
ui-today-no-exam = Только если экзамен сегодня: откроется журнал дня.
ui-due-title = Пора пройти
ui-due-line = { $name }: { $settled } из { $steps }, до { $until }
ui-due-late = { $name }: { $settled } из { $steps }, срок прошёл { $until }
ui-due-go = К спискам
ui-next-plan = Начать экзаменационный день
ui-next-plan-text = Откроется журнал дня. Время этапов берётся из расписания пункта.
ui-next-plan-go = Начать день
ui-next-check = Проверить компьютер и камеры
ui-next-check-text = { $steps ->
    [one] { $steps } шаг
    [few] { $steps } шага
   *[other] { $steps } шагов
}. Закончить до { $until }.
ui-next-check-go = К проверке
ui-next-check-on = Продолжить проверку
ui-next-check-on-text = Сделано { $settled } из { $steps }. Закончить до { $until }.
ui-next-check-on-go = Продолжить
ui-next-check-finish = Завершить проверку
ui-next-check-finish-text = Все шаги сделаны. Осталось подтвердить, что проверка закончена.
ui-next-check-finish-go = К проверке
ui-next-record = Начать запись
ui-next-record-text = Запись идёт сама до распоряжения руководителя. Выключить её случайно нельзя.
ui-next-record-go = Начать запись
ui-next-starts = Запись начнётся сама в { $time }
ui-next-starts-text = Её начнёт станция по расписанию пункта. Начать раньше можно на экране «Камеры».
ui-today-starts = Начнётся сама в { $time }: { $cameras }
ui-next-camera = Вернуть картинку: { $camera }
ui-next-camera-text = Картинки нет с { $since }. Проверьте питание и кабель камеры, камера подключится сама.
ui-next-unwritten = Вернуть запись: { $camera }
ui-next-camera-go = К камерам
ui-next-access = Закрыть доступ № { $number }
ui-next-access-text = Пока доступ открыт, день нельзя закрыть.
ui-next-access-go = К журналу доступа
ui-next-code = Записать код журнала на бумагу
ui-next-code-text = Код внизу экрана. Впишите его в бланк и покажите камере.
ui-next-watch = Следить за камерами
ui-next-watch-text = Всё записывается. Если что-то случится, здесь появится сообщение.
ui-next-watch-go = К камерам
ui-next-stop = Дождаться распоряжения об остановке
ui-next-stop-text = Экзамен окончен. Запись останавливают по распоряжению руководителя, когда протоколы сданы.
ui-next-stop-go = К камерам
ui-next-outages = Объяснить, почему не было видео
ui-next-outages-text = { $count ->
    [one] { $count } перерыв
    [few] { $count } перерыва
   *[other] { $count } перерывов
} без объяснения. Без него день нельзя закрыть.
ui-outages-explain = Объяснить…
ui-outage-line = { $camera }: нет видео { $from }–{ $to }, { $lost }
ui-outage-told = { $line }. { $text } ({ $who })
ui-outage-explain-title = Почему не было видео
ui-outage-explain-text = Одна причина подходит всем отмеченным перерывам. Она останется в журнале и в архиве.
ui-outage-reason = Что случилось и что сделали
ui-outage-explain-go = Записать
ui-next-seal = Закрыть день и подписать архив
ui-next-seal-text = Запись остановлена. Осталось собрать архив, подписать и проверить его.
ui-next-seal-go = К завершению
ui-next-sealing = Подождать: архив собирается
ui-next-sealing-text = Компьютер не выключайте.
ui-next-sealing-go = Смотреть ход
ui-next-copy = Скопировать архив на носитель
ui-next-copy-text = Архив подписан и проверен. Вставьте флешку или укажите папку.
ui-next-copy-go = К копированию
ui-next-second = Сделать вторую копию
ui-next-second-text = Одна копия из двух сделана и сверена. Вставьте другой носитель.
ui-next-handover = Передать архив
ui-next-handover-text = Обе копии сделаны и сверены. Передайте носители и отметьте это.
ui-next-handover-go = К передаче
ui-next-done = День закончен
ui-next-done-text = Архив подписан, скопирован и передан.
ui-next-done-go = Посмотреть архив
ui-attention = Требует внимания
ui-attention-none = Всё в порядке
ui-attention-access = Доступ № { $number } открыт с { $since } и не закрыт.
ui-code-title = Код журнала на бумагу
ui-code-text = Появился в { $time }. Впишите в бланк и покажите камере.
ui-code-written = Записал
ui-code-is-written = Записан

## Неполадки
ui-trouble-seen = Вижу
ui-trouble-camera-lost = { $camera }: нет картинки { $lost }
ui-trouble-camera-lost-do = Проверьте питание и кабель камеры.
ui-trouble-recording-fault = { $camera }: видео не записывается { $lost }
ui-trouble-unwritten = { $camera }: запись не идёт { $lost }
ui-trouble-unwritten-do = Проверьте, подключён ли диск и работает ли камера. Если запись не пойдёт, позовите руководителя.
ui-trouble-file = { $camera }: готовый файл не вошёл в архив
ui-trouble-for-head = Позовите руководителя! { $what }
ui-trouble-limit = Допустимое время без видео прошло! { $what }
ui-trouble-zone = Сменился часовой пояс компьютера
ui-trouble-zone-do = Записи остаются верными: в них есть и время пункта. До конца экзамена пояс больше не меняйте.
ui-trouble-picture = { $kind ->
    [slow] { $camera }: мало кадров
    [frozen] { $camera }: картинка застыла
    [black] { $camera }: картинка чёрная
    [overexposed] { $camera }: картинка засвечена
    [covered] { $camera }: объектив закрыт
    [blurred] { $camera }: картинка нерезкая
   *[moved] { $camera }: вид не тот, что утверждён
}
ui-trouble-picture-do = { $kind ->
    [slow] Включите в помещении больше света. Не помогло — проверьте кабель и закройте лишние программы.
    [frozen] Переподключите камеру. До этого видео с неё — одна и та же картинка.
    [black] Снимите крышку с объектива, включите свет. Не помогло — переподключите камеру.
    [overexposed] Закройте штору или уберите лампу, которая светит в объектив.
    [covered] Уберите то, что закрывает объектив.
    [blurred] Протрите объектив мягкой тканью. Не помогло — поправьте резкость.
   *[moved] Верните камеру на место вдвоём и запишите это в журнал доступа. Если вид верный, утвердите новый эталон.
}
ui-trouble-driver-stuck = { $camera }: драйвер завис
ui-trouble-driver-stuck-do = Переставьте камеру в другой разъём или вставьте запасную и поставьте её взамен. Если не помогло, с согласия руководителя перезагрузите компьютер: запись продолжится сама.
ui-trouble-sound-lost = { $camera }: нет звука
ui-trouble-sound-silent = { $camera }: микрофон ничего не слышит
ui-trouble-sound-silent-do = Проверьте, не выключен и не закрыт ли микрофон, и хлопните рядом с ним. Видео при этом пишется.
ui-trouble-disk-low = Места на диске не хватит до конца записи: не хватает { $short }
ui-trouble-disk-low-do = Освободите диск: уберите с него лишние файлы. Записи экзамена не трогайте.
ui-trouble-disk-critical = Места на диске осталось на несколько минут
ui-trouble-disk-critical-do = Сразу освободите диск и позовите руководителя. Всё записанное цело.
ui-trouble-disk-failing = Позовите руководителя! Диск сообщает об ошибке
ui-trouble-clock = Часы компьютера перевелись на { $seconds } с
ui-trouble-clock-do = Время в записях сверяется с журналом. Часы больше не переводите.
ui-trouble-unlinked = Станция перезапустилась, и связь с прежним журналом не подтверждена
ui-trouble-unlinked-do = Впишите число перезапусков и код дня в акт о закрытии: по ним архив подтвердят.

## Камеры
ui-camera-lost = Нет картинки
ui-camera-ailment = { $kind ->
    [slow] Мало кадров
    [frozen] Застыла
    [black] Чёрная картинка
    [overexposed] Засвечена
    [covered] Закрыта
    [blurred] Нерезкая
   *[moved] Сдвинута
}
ui-camera-records = Пишет
ui-camera-unwritten = Не пишет
ui-camera-late = Кадры не идут
ui-camera-waits = Ждёт
ui-camera-stopped = Остановлена
ui-camera-gaps = { $count ->
    [one] { $count } пропуск
    [few] { $count } пропуска
   *[other] { $count } пропусков
} за день, всего { $seconds } с
ui-cameras-no-day = День не начат: изображения видны, но не записываются.
ui-cameras-record = Пишут { $works } из { $of }
ui-disk-forecast = Диск: свободно { $free }, до { $until } нужно { $needed }
ui-disk-forecast-lasts = Диск: свободно { $free }, это ещё { $lasts } записи; до { $until } нужно { $needed }
ui-cameras-all = Все камеры
ui-cameras-start = Начать запись
ui-cameras-stop = Остановить по распоряжению руководителя…
ui-spare = Новая камера: { $name } · { $detail }
ui-spare-use = Поставить вместо потерянной…
ui-replace-title = Новая камера вместо потерянной
ui-replace-text = Наведите новую камеру на то, что видела потерянная. До конца дня её картинка пишется как картинка потерянной камеры.
ui-replace-camera = Вместо какой
ui-replace-reason = Что с потерянной камерой
ui-replace-go = Писать с новой
ui-sound-works = Звук
ui-sound-silent = Тишина
ui-sound-lost = Нет звука
ui-tile-enlarge = Увеличить
ui-tile-lost = с { $since }
ui-tile-starts = начнётся в { $time }
ui-tile-late = { $seconds } с
ui-tile-tolerance = за день без видео { $lost } из { $tolerance }
ui-tile-gaps = { $count ->
    [one] { $count } пропуск
    [few] { $count } пропуска
   *[other] { $count } пропусков
}, { $seconds } с
ui-tile-no-reference = без эталона
ui-tile-rate = { $rate } кадр/с
ui-tile-until-head = до сигнала руководителю { $left }
ui-tile-tell-head = Сообщите руководителю. До предела { $left }
ui-tile-too-long = Предел пройден: результаты могут отменить
ui-tile-retry = новая попытка через { $seconds } с
ui-stop-title = Остановить запись
ui-stop-text = Запись останавливают только по распоряжению руководителя. Начать её заново можно, но промежуток останется в архиве.
ui-stop-which = Что остановить. Штаб останавливают последним.
ui-stop-zone = { $zone ->
    [auditorium] Аудитории
    [staff-room] Штаб
    [corridor] Коридоры
    [entrance] Вход
    [gate] Ворота
   *[strong-room] Хранилище
} ({ $count })
ui-stop-handover = Протоколы сданы, материалы переданы
ui-stop-early = Если передача ещё не закончена, укажите причину.
ui-stop-reason = Причина остановки
ui-stop-go = Остановить запись

## Проверка
ui-check-start = Начать проверку
ui-check-progress = Сделано { $settled } из { $steps }
ui-check-progress-left = { $settled } из { $steps } · до { $until } осталось { $left }
ui-check-progress-late = { $settled } из { $steps } · срок { $until } прошёл
ui-check-run-all = Запустить все автоматические проверки: { $count }
ui-step-compare = Сравнить с эталонными часами
ui-compare-title = Время на эталонных часах
ui-compare-text = Посмотрите на эталонные часы, впишите время с секундами и сразу нажмите «Сравнить».
ui-compare-time = Время, например 08:00:15
ui-compare-go = Сравнить
ui-check-finish = Завершить проверку
ui-check-finished = Проверка завершена в { $time }
ui-check-next-round = Следующий обход — в { $time }.
ui-check-begin-round = Начать следующий обход
ui-check-no-exam = Когда экзамен?
ui-check-no-exam-text = Списки «за две недели», «за пять дней» и «за день» готовят пункт к экзамену. Назовите его дату.
ui-check-name-exam = Назвать дату
ui-check-for-exam = К экзамену { $date }
ui-check-other-exam = Другой экзамен…
ui-check-date-time = { $date }, { $time }
ui-step-manual = Шаг { $number } · делаете и подтверждаете вы
ui-step-automatic = Шаг { $number } · проверяет компьютер
ui-step-both = Шаг { $number } · проверяет компьютер, подтверждаете вы
ui-step-expected = Как должно быть: { $text }
ui-step-evidence = Что измерено
ui-step-note = Примечание: { $text }
ui-step-confirm = Всё так
ui-step-not-so = Не так…
ui-step-run = Проверить
ui-step-repeat = Проверить ещё раз
ui-step-runs = Проверяется…
ui-step-waive = Решение руководителя…
ui-step-passed = Выполнено
ui-step-failed = Не выполнено
ui-step-unknown = Не удалось проверить
ui-step-awaits = ждёт подтверждения
ui-step-awaits-long = Компьютер проверил. Посмотрите сами и подтвердите.
ui-step-waived = оставлено решением руководителя
ui-step-waived-by = Оставлено: { $who }. Причина: { $reason }
ui-reference-count = Утверждено { $approved } из { $of }
ui-reference-now = Сейчас
ui-reference-earlier = Прежний эталон
ui-reference-today = Эталон на сегодня
ui-reference-no-picture = Камера пока не даёт картинки
ui-reference-none = Эталона ещё нет
ui-reference-approve = Утвердить вид
ui-reference-taking = Сохраняется…
ui-reference-next = Следующая камера
ui-step-failed-title = Что не так?
ui-step-failed-text = Опишите одним предложением. Запись останется в журнале, шаг можно повторить.
ui-step-failed-note = Что увидели
ui-step-failed-go = Записать
ui-step-note-title = Что записать?
ui-step-note-text = Этот шаг просит примечание, например номер пломбы. Оно останется в журнале.
ui-step-note-name = Примечание
ui-step-note-go = Подтвердить
ui-photo-required = Этот шаг засчитывается только со снимком. Выберите камеру и сохраните то, что она видит.
ui-photo-offered = Если нужно, сохраните к этому шагу снимок с камеры.
ui-photo-count = Снимков для этого шага: { $count }
ui-photo-take = Сохранить снимок
ui-photo-kept = Сохранено в { $time }: { $name }
ui-still-not-read = Этот снимок из архива не прочитать. Чего ещё не хватает архиву, сказано в замечаниях.
ui-photo-not-read = Этот снимок больше не читается
ui-exam-title = Дата экзамена
ui-exam-text = К этой дате программа посчитает сроки шагов.
ui-exam-date = День, месяц, год: 29.05.2026
ui-exam-go = Готовить
ui-waive-title = Решение руководителя
ui-waive-text = Руководитель может разрешить продолжать с невыполненным шагом. Причина останется в журнале.
ui-waive-reason = Причина
ui-waive-go = Оставить шаг

## Журнал доступа
ui-access-title = Журнал доступа к оборудованию
ui-access-open = Открыть доступ
ui-access-no-day = Сначала начните экзаменационный день на экране «Сегодня».
ui-access-none = Записей пока нет. Открывайте доступ каждый раз, когда кто-то подходит к камерам или ПАК.
ui-access-is-open = Доступ открыт с { $since }, помещение { $rooms }
ui-access-open-by = { $person }: { $action }. Второй: { $second }
ui-access-close = Закрыть доступ
ui-access-explain = Объяснить…
ui-access-open-word = открыт
ui-access-col-number = №
ui-access-col-date = Дата
ui-access-col-rooms = Помещение
ui-access-col-times = С – до
ui-access-col-action = Действие и причина
ui-access-col-who = Кто и второй
ui-access-col-result = Результат
ui-access-col-correct = Ошибка?
ui-access-correct = Исправить…
ui-access-explained = Не закрыт, объяснение: { $text }
ui-access-corrected = Верно: { $text }. Почему исправлено: { $reason }
ui-access-open-title = Открыть доступ
ui-access-room-from = Помещение (если несколько: первое)
ui-access-room-to = По какое помещение
ui-access-action = Что будете делать
ui-access-reason = Причина
ui-access-time-from = Начало
ui-access-sign = Подпись второго
ui-access-close-title = Закрыть доступ № { $number }
ui-access-result = Результат: что сделано, в каком состоянии оборудование
ui-access-time-to = Окончание
ui-access-close-go = Записать и закрыть
ui-access-explain-title = Объяснить доступ № { $number }
ui-access-explain-text = Если закрыть доступ обычным образом уже нельзя, напишите, что произошло. После этого день можно завершить.
ui-access-explanation = Что произошло
ui-access-explain-go = Записать
ui-access-correct-title = Исправить запись № { $number }
ui-access-correct-text = Записи не меняются: рядом с прежней появится новая, с причиной.
ui-access-right = Как на самом деле
ui-access-correct-reason = Почему исправляете
ui-access-correct-go = Записать исправление

## Завершение
ui-close-title = Завершение
ui-close-no-day = Экзаменационный день ещё не начат.
ui-close-done = Что сделано
ui-close-line-order = Распоряжение руководителя об остановке
ui-close-line-handover = Протоколы сданы, материалы переданы
ui-close-line-stopped = Запись остановлена, файлы закрыты
ui-close-line-access = Все доступы закрыты
ui-close-line-outages = Перерывы видео объяснены
ui-close-line-sealed = Архив подписан и проверен
ui-close-line-copied = Копии сделаны и сверены
ui-close-line-handed-over = Архив передан
ui-close-media = { $media } из { $asked }
ui-close-reason = { $time }, { $reason }
ui-close-line-head = Заверено руководителем ППЭ
ui-close-line-member = Заверено членом ГЭК
ui-close-due-head = Ждёт подписи руководителя ППЭ
ui-close-due-member = Ждёт подписи члена ГЭК
ui-close-countersign = Заверить подписью…
ui-countersign-title = Заверить архив подписью
ui-countersign-text = Выберите свой ключ OpenSSH или подпись, сделанную на другом компьютере. Лучше до копирования; готовые копии получат подпись, когда вставлен их носитель.
ui-countersign-looking = Ищем ключи и подписи на носителях и в ваших папках…
ui-countersign-found = Найдено на носителях и в ваших папках:
ui-countersign-none = Ни ключа, ни подписи не найдено. Вставьте носитель и откройте это окно снова или впишите путь.
ui-countersign-one = { $kind ->
    [key] Ключ { $name }
    [signature] Подпись { $name }
   *[national] Национальная подпись { $name }
} ({ $folder })
ui-countersign-role = Кто подписывает
ui-countersign-head = Руководитель ППЭ
ui-countersign-member = Член ГЭК
ui-countersign-file = Ключ или подпись (файл)
ui-countersign-passphrase = Пароль ключа; для готовой подписи не нужен
ui-countersign-go = Подписать
ui-close-early = раньше передачи: { $reason }
ui-close-cameras = { $count ->
    [one] { $count } камера
    [few] { $count } камеры
   *[other] { $count } камер
}, { $size }
ui-close-open = не закрыто: { $count }
ui-close-outages = { $count ->
    [one] { $count } перерыв
    [few] { $count } перерыва
   *[other] { $count } перерывов
}, { $lost }
ui-close-parts = { $count ->
    [one] { $count } часть
    [few] { $count } части
   *[other] { $count } частей
}, { $size }
ui-close-access-open = Не закрыто доступов: { $count }. Закройте их или объясните.
ui-close-seal-text = Журнал дня закроется, архив будет собран, подписан и прочитан заново для проверки. После этого записи добавить нельзя.
ui-close-seal = Закрыть день и подписать
ui-close-copy-title = Скопировать архив
ui-close-copy-text = Нужны копии на двух носителях. Можно не ждать конца экзамена: закрытые части копируются сразу, остальные — когда будут готовы. Каждая читается с носителя и сверяется.
ui-close-no-target = Носителей не видно. Вставьте флешку или укажите папку.
ui-close-target-removable = Носитель { $name } ({ $path }), свободно { $free }
ui-close-target = { $name } ({ $path }), свободно { $free }
ui-close-folder = Папка
ui-close-copy = Скопировать
ui-work-seal = Архив собирается и проверяется
ui-work-copy = Архив копируется
ui-work-failed = { $work }: не получилось
ui-work-amount = { $done } из { $total } · { $speed }/с
ui-work-left = осталось { $time }
ui-work-verified = Каждая часть после записи читается заново и сверяется.
ui-work-cancel = Прекратить копирование
ui-copy-held-back = Подождите: сейчас диск нужен записи. Копирование продолжится само.
ui-copy-waiting = Всё, что закрыто, скопировано и сверено. Не вынимайте носитель: следующие части скопируются сами.
ui-copy-verified = Копия сделана и сверена: { $target }
ui-copy-failed = Копия не сделана: { $target }
ui-copy-behind = В копии { $target } нет того, что появилось позже: подписей
ui-copy-behind-do = Вставьте этот носитель: они допишутся сами.
ui-handover-go = Передать архив
ui-handover-title = Передать архив
ui-handover-done = Носители переданы
ui-handover-text = Носители с копией архива: { $media } из { $asked }.
ui-handover-ready = Отметьте передачу, когда носители отданы.
ui-handover-why = Должно быть две копии на разных носителях. Если второй носитель сейчас не взять, напишите почему: причина останется в журнале.
ui-handover-reason = Почему без второй копии
ui-backup-failed = Резервная копия не сделана: { $target }
ui-backup-again = Повторить
ui-close-confidential = Копии на носителях шифруются: открыть их может только РЦОИ.
ui-copy-daily = Ежедневная резервная копия
ui-copy-cumulative = Накопительная резервная копия
ui-act-title = Впишите в акт
ui-act-text = По этим кодам комиссия узнает, что архив тот самый.
ui-act-opening = Код в акт об открытии
ui-act-closing = Код в акт о закрытии
ui-act-code = Последний код журнала
ui-act-restarts = Перезапусков станции: { $count }
ui-act-folder = Архив лежит в папке { $folder }
ui-act-review = Посмотреть архив
ui-paper-opening = Акт об открытии
ui-paper-closing = Акт о закрытии
ui-paper-opening-go = Акт об открытии…
ui-paper-closing-go = Акт о закрытии…
ui-paper-photograph = Сфотографируйте код или перепишите строки от руки. На бумаге их потом никто не изменит.
ui-paper-qr = QR-код акта
ui-paper-device-key = Ключ станции
ui-paper-epoch-key = Ключ начала дня
ui-paper-counts = Перезапусков: { $restarts }, записей: { $records }
ui-paper-parts = Части и начало хеша каждой
ui-page-go = Страница для проверки…
ui-page-title = Страница для проверки архивов
ui-page-text = Она проверяет этот архив в любом браузере, без программы и без сети. Где страница лежит, ничего не доказывает: проверяющий сверяет её отпечаток с тем, что получил от вас или из РЦОИ.
ui-page-to = Сохранить на { $name } ({ $path })
ui-page-beside = Сохранить рядом с архивом на этом компьютере
ui-page-saving = Сохраняется: { $path }
ui-page-saved = Сохранена: { $path }
ui-page-failed = Не сохранена: { $path }
ui-page-fingerprint = Отпечаток страницы (SHA-256)

## Выход
ui-quit-title = Закрыть окно?
ui-quit-text = Камеры записывают. Запись продолжится и без окна, остановить её можно только здесь, по распоряжению руководителя.
ui-quit-stay = Остаться
ui-quit-go = Закрыть окно

## Просмотр
ui-review-title = Просмотр архива
ui-review-text = Архив проверяется заново по самим файлам. Проверить можно и архив другого пункта: укажите его папку.
ui-review-here = Архивы этого компьютера
ui-review-folder = Папка архива
ui-review-go = Проверить
ui-review-other = Другой архив
ui-review-stop = Прекратить
ui-review-runs = Архив проверяется
ui-review-amount = { $done } из { $total }
ui-review-failed = Проверить архив не удалось: { $folder }. Попробуйте ещё раз.
ui-review-valid = Архив цел
ui-review-incomplete = Архив неполный
ui-review-cannot = Архив не удалось проверить
ui-review-tampered = Архив изменён
ui-review-intact = { $count ->
    [one] Цел { $count } файл видео.
    [few] Целы { $count } файла видео.
   *[other] Целы { $count } файлов видео.
}
ui-review-videos = Видео: { $count }
ui-review-journal = Журнал: { $count }
ui-review-notes = Замечания: { $count }
ui-review-no-notes = Замечаний нет.
ui-review-more = И ещё: { $count }
ui-review-signer = Ключ, которым подписан архив
ui-review-opening = Код в акте об открытии
ui-review-closing = Код в акте о закрытии
ui-review-timeline = Видео по камерам за день. Доступов: { $accesses }. Без объяснения: { $unexplained }
ui-review-events = Доступы и события
ui-review-begun = Журнал цел, записей: { $records }. Теперь читается каждая секунда видео.
ui-review-begun-changed = Архив изменяли: это видно уже по журналу. Видео всё равно читается, чтобы показать, что уцелело.
ui-review-against = Сверить с актами…
ui-review-save = Сохранить…
ui-review-works = Идёт работа
ui-against-title = Сверить с бумажными актами
ui-against-text = Введите то, что стоит в бумажных актах. Архив будет проверен ещё раз. Список доверенных ключей — файл в виде allowed signers программы ssh-keygen; если его нет, оставьте поле пустым.
ui-against-restarts = Перезапусков (акт закрытия)
ui-against-signers = Список доверенных ключей (файл)
ui-against-go = Проверить
ui-against-bad-opening = Код из акта открытия неполный или с опечаткой. Сверьте его по группам.
ui-against-bad-closing = Код из акта закрытия неполный или с опечаткой. Сверьте его по группам.
ui-against-bad-restarts = Перезапуски — это число из акта закрытия; 0, если их не было.
ui-save-title = Сохранить
ui-save-what = Что
ui-save-pdf = Отчёт (PDF)
ui-save-xlsx = Отчёт (таблица)
ui-save-json = Отчёт (JSON)
ui-save-excerpt = Выписка для апелляции
ui-save-files = Формы, журнал, снимки
ui-save-excerpt-text = Несколько минут одной камеры файлом, который проверяется сам по себе. Он не зашифрован: отдавайте его только тому, кому он нужен.
ui-save-from = С
ui-save-to = По
ui-save-folder = В папку
ui-save-go = Сохранить
ui-save-bad-time = Время пишется так: 11:20 или 11:20:30.
ui-save-no-camera = Выберите камеру.
ui-log-search = Поиск: слова, время, имя
ui-log-looking = Пока найдено: { $count }. Просмотрено: { $percent } %
ui-log-found = Найдено: { $count }
ui-topic-access = Доступы
ui-topic-cameras = Камеры
ui-topic-checks = Проверки
ui-topic-requests = Заявки
ui-topic-people = Люди
ui-topic-evidence = Архив
ui-topic-station = Компьютер
ui-review-camera = Камера
ui-review-number = Файл
ui-review-times = С – до
ui-review-frames = Кадров
ui-review-size = Размер
ui-review-state = Состояние
ui-review-whole = цел
ui-review-changed = изменён
ui-review-missing = нет в архиве
ui-review-record = Запись
ui-review-time = Время
ui-review-event = Событие
ui-review-who = Кто
ui-review-station = станция
ui-play-play = ▶ Смотреть
ui-play-pause = ❚❚ Пауза
ui-play-earlier = На десять секунд назад
ui-play-later = На десять секунд вперёд
ui-play-before = Предыдущий кадр
ui-play-next = Следующий кадр
ui-play-speed = Скорость: { $times }
ui-play-choose = Камеры рядом, не больше { $count }:
ui-play-alone = Показать только эту камеру
ui-play-all = Показать камеры рядом
ui-play-none = В это время записи нет
ui-play-changed = изменено после подписи
ui-play-damaged = Этот отрезок записи повреждён
ui-play-unreadable = Файл не читается
