# Печатные формы: общие слова и отказы.
form-yes = да
form-no = нет
form-page = Стр. { $page } из { $pages }
form-footer = { $form } · версия { $version } · { $of } · записей журнала: { $records } · SHA-256 { $hash }…
form-signature = подпись
form-name = фамилия, инициалы
form-part-beside = указана в { $file }: собственной суммы часть 00 содержать не может
form-no-medium = папка на компьютере записи, отдельного носителя нет
form-no-serial = носитель не сообщает
form-about = О форме
form-other = Описание формы «{ $definition }» не подходит к данным формы «{ $data }». Уберите его из папки forms.
form-too-long = В форме { $rows } строк, больше { $max } она не вмещает. Напечатайте её по частям.
form-not-made = Форма не получилась: { $detail }. Проверьте её описание командой invigil form lint.
form-listed = { $form } — { $title }{ $known ->
        [yes] {""}
       *[no] {" "}(ещё не заполнить)
    }
form-written = Форма записана: { $file }
form-not-written = Форму не записать в { $file }: { $detail }. Укажите другой файл: --out
form-unknown = Формы «{ $form }» нет. Есть: { $known }
form-too-early = Форму «{ $form }» пока не заполнить: того, о чём она, ещё не было. Когда это будет сделано, она заполнится.
form-sound = Описания форм в порядке: { $forms }, из них своих { $own }.
form-stranger = { $file }: такой формы нет. Назовите файл, как форму в invigil form list, с окончанием .toml
print-queued = Форма «{ $form }» в очереди печати: { $job }
print-stopped = Принтер сейчас не печатает: { $reason }. Форма выйдет, когда он снова заработает.
print-no-program = На этом компьютере нет программы печати lp. Установите CUPS или сохраните форму как PDF.
print-no-service = Служба печати не отвечает. Запустите её (в Linux: systemctl start cups) и повторите или сохраните форму как PDF.
print-too-long = Очередь печати не отвечает. Проверьте службу печати и повторите.
print-no-printer = Принтер по умолчанию не выбран. Выберите принтер в списке или в настройках компьютера (в командах: --printer).
print-no-such-printer = Принтера «{ $printer }» нет. Имена принтеров показывает команда lpstat -p
print-refused = Принтер не принял форму: { $detail }. Проверьте его и повторите.
form-no-point = В папке { $folder } нет журнала пункта. Сначала запустите станцию.
form-no-day = Экзаменационного дня ещё нет. Сначала начните его.
form-archive = Заполнено по архиву. Проверка архива: { $verdict } — { $verdict ->
        [VALID] всё на месте и не изменено
        [INCOMPLETE] то, что есть, не изменено, но чего-то не хватает
        [TAMPERED] после опечатывания что-то изменили
       *[CANNOT_VERIFY] проверить нельзя
    }. Подробно: invigil verify
form-archive-unreadable = В архиве { $folder } не прочитать журнал дня. Укажите папку со всеми частями архива.
form-not-in-archive = Журнала пункта в архиве нет, эту форму по нему не заполнить. На тот день она лежит готовой в части 00: data/forms
print-no-file = Файл для печати не записать: { $detail }. Проверьте, есть ли на диске место.
fault-labels = { $file }:{ $line }: { $key }: этикетки не помещаются на лист A4: им нужно { $wide } × { $high } мкм. Уменьшите размер, число или отступы.
fault-brace = { $file }:{ $line }: { $key }: после «{"{"}» нет «{"}"}». Поле пишется так: {"{"}point{"}"}

# Окно: печать и сохранение форм
paper-not-saved = Форму не сохранить в { $folder }: { $detail }. Проверьте, есть ли там место и не вынут ли носитель.
refused-paper-unknown = Формы «{ $form }» нет.
ui-papers-print = Печать…
ui-papers-save = Сохранить PDF…
ui-papers-print-title = Печать формы
ui-papers-save-title = Сохранить форму как PDF
ui-papers-print-go = Напечатать
ui-papers-save-go = Сохранить
ui-papers-leave = Вернуться
ui-papers-which = Какая форма
ui-papers-printer = Принтер
ui-papers-usual = Обычный принтер
ui-papers-looking = Ищем принтеры…
ui-papers-none = Других принтеров не видно. Если нужен другой, проверьте, включён ли он.
ui-papers-where = Куда
ui-papers-to = { $name } ({ $path })
ui-papers-here = Этот компьютер ({ $path })
ui-papers-working = Форма готовится…
ui-papers-queued = Отправлено на печать { $job }
ui-papers-saved = Сохранено: { $path }
ui-papers-failed = Не получилось
ui-papers-form = { $form ->
    [opening-act] Акт об открытии
    [readiness-act] Акт готовности
    [check-report] Протокол проверки
    [access-log-a] Журнал доступа к шкафу (форма А)
    [access-log-b] Журнал доступа к видео (форма Б)
    [requests] Журнал заявок
    [operation-log] Оперативный журнал
    [explanatory-note] Объяснительная записка
    [outage-record] Перерывы в записи
    [functioning] Отчёт о работе
    [closing-act] Акт о закрытии
    [copies] Проверка копий
    [handover-act] Акт передачи архива
    [preparation-act] Акт готовности пункта
    [briefing-sheet] Лист ознакомления
    [equipment-list] Перечень оборудования
    [equipment-movements] Перемещения
    [labels] Этикетки
   *[other] { $form }
}
