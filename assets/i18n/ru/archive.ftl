# Что проверка говорит об архиве.

archive-integrity-valid = Всё на месте и не изменено.
archive-integrity-incomplete = То, что есть, не изменено, но чего-то не хватает.
archive-integrity-tampered = После опечатывания что-то изменили.
archive-integrity-cannot-verify = Проверить это нельзя.

archive-provenance-anchored = Коды бумажных актов совпадают с архивом.
archive-provenance-known-key = Подписано ключами из вашего списка.
archive-provenance-unchecked = Чьим ключом подписано, не проверялось: список ключей не указан.
archive-provenance-untrusted-key = Ключ подписи не засчитан: его нет в вашем списке, либо он там не в этой роли или не на это время.

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
archive-file-unwritten = Не удалось записать { $path }: { $detail }. Проверьте диск или возьмите другой и повторите.
archive-part-write = Не удалось записать { $path }: { $detail }. Проверьте диск; записанное раньше цело.
archive-part-full = В { $path } нет места ещё для { $bytes } байт. Нужна новая часть.
archive-bad-name = Так файл в архиве называться не может: { $detail }.
archive-read-back = { $path } читается не так, как был записан. Неисправен диск или кабель: возьмите другой.
archive-part-damaged = Файл { $path } повредился на диске ({ $detail }). Он сохранён как есть; запись идёт в новую часть.
archive-part-broken = Запись в { $path } раньше не удалась. Перед использованием часть нужно проверить.
archive-copy-other = { $path } — другой файл с тем же именем. Он не тронут; выберите пустую папку.
archive-copy-stopped = Копирование остановлено. Скопированное цело; при новом запуске копирование продолжится.
archive-copy-gone = Носителя больше нет: { $path }. Вставьте его и начните копирование снова: оно продолжится с проверенного места.

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
archive-file-unknown = Программа не знает, что это за файл, и журнал за него не ручается.
archive-list-differs = В подписанном списке у этого файла другой хеш; по журналу он такой, каким был записан.
archive-manifest-form = Список хешей изменён.
archive-label-differs = Описание части не соответствует её содержимому.
archive-signature-wrong = Подпись не подходит.
archive-signature-other-key = Ключ рядом с подписью — не тот, которым подписано.

# Что не так с архивом.
archive-no-parts = Частей архива здесь нет. Укажите папку с частями .zip или сами части.
archive-part-open = Эта часть не была закрыта: подписей в ней нет.
archive-encrypted = Этот файл зашифрован для РЦОИ и не проверялся. Сначала откройте его: age -d
archive-encrypted-all = Все части здесь зашифрованы для РЦОИ. Сначала откройте каждую: age -d -i КЛЮЧ -o ЧАСТЬ.zip ЧАСТЬ.zip.age
archive-other-day = Это относится к другому экзаменационному дню, { $day }. Проверяйте каждый день отдельно.
archive-part-twice = Есть две разные части с этим номером; вторая — { $other }.
archive-part-other-key = Эта часть подписана не тем ключом, что экзаменационный день: { $key }.
archive-part-other-hash = Это не та часть, которую называет журнал.
archive-part-missing = Этой части не хватает. По журналу её нужно было передать.
archive-part-not-sealed = Часть { $part } начали и не закрыли.
archive-part-unknown = Журнал такой части не знает.
archive-day-open = Экзаменационный день не был закрыт.
archive-close-differs = Последняя запись дня не согласуется с предыдущими.
archive-journal-unsigned-end = Конец журнала не подписан.
archive-journal-missing = Нет журнала: он лежит в части, имя которой кончается на -00.zip.
archive-journal-unreadable = Журнал в этой части прочитать не удаётся.
archive-journal-more-faults = В журнале есть ещё нарушения: { $count }.
archive-record-twice = Журнал говорит об этом дважды.
archive-many-cameras = В журнале больше { $most } камер. По остальным не проверено, всё ли видео на месте.
archive-act-unreadable = Акт о закрытии прочитать не удаётся.
archive-act-differs = Акт о закрытии не согласуется с архивом.
archive-act-opening = Код открытия на бумаге другой: это не тот день, который открывали.
archive-act-closing = Код закрытия на бумаге другой: это не тот день, который закрывали.
archive-act-restarts = Число перезапусков на бумаге другое.
archive-countersignature-missing = Нет подписи { $role ->
    [head] руководителя ППЭ
   *[member] члена ГЭК
}, которой должен быть заверен архив.
archive-countersignature-wrong = Эта подпись стоит не под этим архивом: её изменили, или она от другого.
archive-countersignature-form = Это не подпись, или её изменили: `ssh-keygen -Y sign` записывает иначе.
archive-countersignature-kind = Эту подпись здесь проверить нельзя: она сделана ключом вида { $kind }.
archive-countersignature-namespace = Эта подпись сделана для другого, «{ $namespace }», и архив не заверяет.
archive-countersignature-other = Это не та подпись, которую поставили в пункте; та сделана ключом { $key }.
archive-countersignature-note = Запись станции о подписи прочитать не удаётся.
archive-restart-unlinked = { $count ->
    [one] { $count } перезапуск станции не подтверждён ключом.
    [few] { $count } перезапуска станции не подтверждены ключом.
   *[other] { $count } перезапусков станции не подтверждены ключом.
} Введите данные бумажных актов, чтобы это восполнить.
archive-clock-unlogged = Часы перевели на { $seconds } с, и ни одна запись об этом не говорит.
archive-verify-stopped = Проверку остановили до её конца.

# Что не так с записью видео.
archive-still-changed = Снимок не тот, что назван в журнале.
archive-still-missing = Снимка, названного в журнале, в архиве нет.
archive-still-unknown = Снимок, которого нет в журнале.
archive-segment-unknown = Журнал такой записи видео не знает.
archive-segment-twice = Эта запись видео есть в двух частях.
archive-segment-moved = По журналу эта запись видео лежит в части { $part }.
archive-segment-removed = Эту запись видео удалили.
archive-segment-not-packed = Эта запись видео закончена, но в архив не попала.
archive-index-changed = Указатель записи видео изменён.
archive-index-form = Указатель записи видео записан не так, как положено: { $detail }.
archive-index-head = Указатель записи видео — не тот, что был подписан во время съёмки.
archive-video-changed = Здесь изменено изображение.
archive-video-frame-changed = Изменён заголовок записи; изображение прежнее.
archive-video-swapped = На этом месте лежит другая запись: { $camera } { $file }.
archive-video-hidden-gap = Видео нет { $seconds } с, и журнал не говорит почему.

# О чём следует знать.
archive-warning-repaired = Запись прервалась из-за сбоя и была восстановлена.
archive-warning-restart = Станцию запускали заново (перезапуск { $restart }).
archive-warning-clock = Часы компьютера перевели на { $seconds } с.
archive-warning-zone = Часовой пояс компьютера сменился во время записи.
archive-warning-unwritten = Камера должна была писать, но какое-то время не записывалась.
archive-warning-torn = Из-за сбоя оборвалась последняя строка журнала.
archive-warning-gap = Видео не было { $seconds } с.
archive-warning-picture = Картинка негодна: { $kind ->
    [slow] мало кадров
    [frozen] застыла
    [black] чёрная
    [overexposed] засвечена
    [covered] закрыта
    [blurred] нерезкая
   *[moved] сдвинута против эталона
}
archive-warning-recording = Запись видео не удалось сохранить или упаковать.
archive-warning-source = С этого места снимает другая камера.
archive-warning-sound = Звука не было.
archive-warning-disk = Место на диске кончалось.
archive-warning-waived = Невыполненный шаг { $step } разрешили пропустить.
archive-warning-early-stop = Запись остановили до окончания передачи материалов.
archive-warning-codes = { $count ->
    [one] { $count } код журнала показан, но на бумагу не записан.
    [few] { $count } кода журнала показаны, но на бумагу не записаны.
   *[other] { $count } кодов журнала показаны, но на бумагу не записаны.
}
archive-warning-corrected = Запись { $record } исправлена.
archive-warning-explained = Доступ { $access } не закрыт, но объяснён.
archive-warning-access-open = Доступ { $access } не закрыт.
archive-warning-check-open = Проверку начали и не закончили.
archive-warning-national = Подпись { $role ->
    [head] руководителя ППЭ
   *[member] члена ГЭК
} на месте, но здесь не проверяется: проверьте её той программой, которой она сделана.
archive-warning-untouched = Аппаратный ключ сообщает, что при подписании его никто не касался.
archive-warning-two-roles = Одним ключом { $key } подписано за двоих: это одна подпись, а не две.
archive-warning-signer-untrusted = Ключ { $key } не засчитан как { $principal }: { $why ->
    [not-listed] в вашем списке его нет
    [other-principal] в вашем списке он записан только под другим именем
    [other-namespace] в вашем списке он записан только для другого
    [not-yet-valid] срок его действия ещё не начался
    [expired] срок его действия истёк
   *[revoked] он отозван
}.
archive-warning-rotated = Ключа { $key } нет в вашем списке, но он пришёл на смену ключу { $known }, который там есть; смен ключа между ними: { $count }.
archive-warning-rotation-broken = Смена прежнего ключа на { $key } не засчитана: { $why ->
    [two-successors] прежний ключ называет сразу два новых
    [two-predecessors] два ключа называют его своей заменой
    [circle] замены идут по кругу
    [too-long] ряд замен слишком длинный
    [other-principal] прежний ключ записан в вашем списке только под другим именем
    [other-namespace] ваш список не разрешает прежнему ключу называть замену (invigil-rotation)
    [not-yet-valid] срок действия прежнего ключа тогда ещё не начался
    [expired] срок действия прежнего ключа истёк
   *[revoked] прежний ключ отозван
}.
archive-warning-rotation-unread = Эта запись о новом ключе станции не годится: она повреждена, более новой версии или не подписана прежним ключом.
archive-warning-signers-line = Строка { $line } вашего списка пропущена: { $kind ->
    [cert-authority] удостоверения не принимаются, запишите сам ключ
   *[other] ключи вида { $kind } здесь не проверяются
}.

# Команда `verify`.
archive-cli-part = { $file }: { $bytes } байт
archive-cli-day = Экзаменационный день { $day }, записей: { $records }
archive-cli-key = Ключ станции: { $key }
archive-cli-opening = Код акта об открытии: { $code }
archive-cli-closing = Код акта о закрытии: { $code }, перезапусков: { $restarts }
archive-cli-camera = Камера
archive-cli-signed = цело
archive-cli-changed = изменено
archive-cli-missing = пропало
archive-cli-admitted = без видео по журналу
archive-cli-kept = осталось в ППЭ
archive-cli-countersigned = { $role ->
    [head] Руководитель ППЭ
   *[member] Член ГЭК
}: { $signed ->
    [trusted] заверено ключом из вашего списка
    [unchecked] заверено; чей это ключ, не проверялось
    [untrusted] подпись есть, но ключ не засчитан
    [wrong] подпись не подходит
   *[not-checked-here] подпись есть, здесь не проверялась
}{ $key ->
    [none] {""}
   *[other] {" "}({ $key })
}
archive-cli-faults = Нарушения:
archive-cli-warnings = Нужно знать:
archive-cli-more = и ещё { $count }
archive-cli-signers = Список ключей { $path } использовать нельзя: { $detail }.
archive-cli-act = Текст акта не понят. Напишите: открытие КОД закрытие КОД перезапуски ЧИСЛО

review-broken = Не получилось: программа прервала работу. Попробуйте ещё раз.
review-no-document = Из этого архива нельзя прочитать ППЭ и день, поэтому отчёта в виде формы нет. Сохраните отчёт в JSON.
review-refused = Ничего не извлечено: часть с формами и журналом изменяли. В командной строке `extract --even-if-tampered` кладёт такие файлы отдельно.
