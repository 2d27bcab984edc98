# События журнала, как их видит человек.

event-point-opened = Журнал пункта начат
event-key-rotated = Новый ключ станции { $new }; прежний ключ { $old } подписал, что новый его заменяет
event-profile-changed = Профиль пункта изменён: был { $old }, стал { $new } (SHA-256)
event-pin-set = Задан PIN: { $person }
event-day-planned = День запланирован: { $day }
event-exam-named = Готовится экзамен { $date }
event-day-sealed = Архив дня { $day } подписан, частей: { $parts }
event-day-opened = Журнал дня { $day } начат
event-station-started = Станция запущена{ $restart ->
    [0] {""}
   *[other] , перезапуск № { $restart }
}{ $link ->
    [unlinked] , ключ эпохи утрачен
   *[linked] {""}
} (версия { $version })
event-station-stopped = Станция остановлена
event-taken-over = Станция продолжает день { $day }. Причина: { $reason }
event-torn-tail-cut = После сбоя отрезана недописанная строка журнала: { $bytes } Б
event-signed-in = Вход: { $person }
event-signed-out = Выход: { $person }
event-sign-in-failed = Неверный PIN: { $person }
event-clock-stepped = Часы компьютера переведены на { $seconds } с
event-time-zone-changed = Часовой пояс компьютера сменился: { $from } → { $to }
event-disk-low = Мало места на диске: свободно { $free-mb } МБ, нужно { $needed-mb } МБ{ $level ->
    [critical] , осталось меньше 10 минут
   *[low] {""}
}
event-disk-recovered = Места на диске снова достаточно: { $free-mb } МБ
event-alarm-acknowledged = Сигнал принят
event-check-started = Проверка начата
event-step-recorded = Шаг «{ $step }»: { $outcome ->
    [passed] пройден
    [failed] не пройден
   *[unknown] не удалось проверить
}. { $note }
event-step-waived = Шаг «{ $step }» разрешён без прохождения: { $reason }
event-step-photographed = Шаг «{ $step }»: снимок с камеры { $camera }
event-check-finished = Проверка закончена
event-recording-started = Запись начата, камер: { $cameras }
event-start-due = По расписанию начинается запись ({ $zone ->
    [auditorium] аудитории
    [staff-room] штаб
    [corridor] коридоры
    [entrance] вход
    [gate] ворота
   *[strong-room] хранилище
}), камер: { $cameras }
event-stop-ordered = Распоряжение остановить запись, камер: { $cameras }. { $handover ->
    [done] Материалы переданы.
   *[early] Досрочно.
} { $reason }
event-recording-stopped = Запись остановлена: { $camera }
event-camera-works = Камера даёт картинку: { $camera } ({ $detail })
event-camera-lost = Нет картинки: { $camera }
event-driver-stuck = Завис драйвер камеры: { $camera }
event-source-replaced = Камера { $camera } заменена, картинка теперь с { $source }. Причина: { $reason }
event-sound-works = Звук пишется: { $camera } ({ $detail })
event-sound-lost = Нет звука: { $camera }
event-sound-silent = В микрофоне тишина: { $camera }
event-sound-heard = Звук снова слышен: { $camera }, тишина длилась { $seconds } с
event-gap = Пропуск видео: { $camera }, { $seconds } с
event-segment-finished = Файл закрыт: { $camera }, № { $segment }, { $seconds } с
event-segment-indexed = Указатель файла подписан: { $camera }, № { $segment }
event-segment-taken = Файл в архиве: { $camera }, № { $segment }, часть { $part }
event-picture-finding = Картинка камеры { $camera }: { $kind ->
    [slow] мало кадров
    [frozen] застыла
    [black] чёрная
    [overexposed] засвечена
    [covered] закрыта
    [blurred] нерезкая
   *[moved] сдвинута
}
event-picture-recovered = Картинка камеры { $camera } снова в порядке, длилось { $seconds } с: { $kind ->
    [slow] мало кадров
    [frozen] застыла
    [black] чёрная
    [overexposed] засвечена
    [covered] закрыта
    [blurred] нерезкая
   *[moved] сдвинута
}
event-reference-approved = Эталонный вид камеры утверждён: { $camera }
event-file-repaired = Файл исправлен после сбоя: { $camera }, № { $segment }, отрезано { $bytes } Б
event-video-heads = Видео связано с журналом, камер: { $cameras }
event-recording-fault = Видео не записывается: { $camera }
event-outage-began = Запись не идёт, причина неизвестна: { $camera }
event-outage-ended = Видео снова записывается: { $camera }
event-outage-escalated = { $level ->
    [head] Половина допустимого времени без видео прошла, нужен руководитель
    [limit] Допустимое время без видео прошло
   *[technician] Нет видео, нужен технический специалист
}: { $camera }
event-outage-explained = Почему не было видео (перерывов: { $count }): { $text }
event-file-fault = Готовый файл не вошёл в архив: { $camera }, № { $segment }
event-access-opened = Доступ № { $access } открыт: { $first }–{ $last }, { $reason }
event-access-closed = Доступ № { $access } закрыт: { $result }
event-access-explained = Доступ № { $access } объяснён: { $text }
event-corrected = Исправление записи № { $record }: { $text }. Причина: { $reason }
event-code-shown = Показан код: { $code }
event-code-written = Код записан на бумагу: { $code }
event-part-opened = Часть { $part } начата ({ $group ->
    [delivered] передаётся
   *[kept] хранится
})
event-part-sealed = Часть { $part } подписана ({ $group ->
    [delivered] передаётся
   *[kept] хранится
})
event-day-closed = День закрыт, частей с видео: { $parts }
event-countersigned = Заверено подписью { $role ->
    [head] руководителя ППЭ
   *[member] члена ГЭК
}, ключ { $key }
event-countersignatures-due = { $count ->
    [one] Архив должен заверить { $count } человек
    [few] Архив должны заверить { $count } человека
   *[other] Архив должны заверить { $count } человек
}
event-copy-verified = Копия архива сделана и сверена: { $target }, файлов: { $files }
event-medium-told = Серийный номер носителя с копией { $target }: { $serial }
event-copy-begun = Копирование архива начато ({ $purpose ->
    [medium] носитель
    [daily] ежедневная копия
   *[cumulative] накопительная копия
}): { $target }
event-copy-failed = Копия архива не сделана: { $target }
event-handed-over = Архив передан, носителей с копией: { $media }{ $reason ->
    [none] { "" }
   *[other] . Причина: { $reason }
}
event-part-copied = Часть { $part } скопирована и сверена: { $target }
