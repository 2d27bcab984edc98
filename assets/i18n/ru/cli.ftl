cli-no-data-folder = Не удалось определить папку данных: переменные среды не заданы. Укажите её так: --data ПАПКА
cli-data-folder = Не удалось открыть папку данных { $folder }: { $detail }. Проверьте, что папка доступна для записи, или укажите другую: --data ПАПКА
cli-no-window = Эта сборка программы без окна. Список команд: invigil --help

cli-rehearse-no-cameras = Для репетиции нет ни одной камеры. Добавьте камеру в профиль или выберите --cameras pattern
cli-rehearse-plan = ✔ День начат: { $day }
cli-rehearse-check = ✔ { $list }: пройдено, шагов { $steps }, разрешено без прохождения { $waived }
cli-rehearse-waive-reason = Репетиция: решение руководителя
cli-rehearse-note = Репетиция: примечание
cli-rehearse-start = ✔ Запись идёт: камер { $cameras }, { $seconds } с
cli-rehearse-access = ✔ Доступ к оборудованию открыт и закрыт двумя подписями
cli-rehearse-access-reason = Репетиция
cli-rehearse-access-result = Замечаний нет
cli-rehearse-code = ✔ Код журнала записан: { $code }
cli-rehearse-stop = ✔ Запись остановлена по распоряжению руководителя: кадров { $frames }
cli-rehearse-outages = ✔ Объяснено, почему не было видео, перерывов: { $count }
cli-rehearse-seal = ✔ Архив подписан и проверен: частей { $parts }
cli-rehearse-copy = ✔ Копия сделана и сверена: { $target }
cli-rehearse-archive = Архив: { $path }

cli-no-station = Станция с папкой { $folder } не запущена. Откройте окно программы или выполните: invigil station
page-other = { $path } уже есть, и это другой файл. Он не тронут: назовите файл иначе или сначала уберите тот.
cli-sealed = Архив подписан и проверен: { $folder }
cli-copied = Копия сделана и сверена: { $folder }
cli-copy-progress = Скопировано и сверено файлов: { $files }, { $percent } %
cli-copy-waiting = Всё, что закрыто, скопировано и сверено: { $folder }. Следующие части станция скопирует сама.
cli-copy-state = { $state ->
    [copying] Копируется
    [held-back] Ждёт, пока диск нужен записи
    [waiting] Ждёт следующую часть
    [verified] Сделана и сверена
   *[failed] Не сделана
}: { $folder }, файлов: { $files }, { $percent } %
cli-copy-media = Копий на носителях: { $media } из { $asked }
cli-copy-handed-over = Архив передан, носителей с копией: { $media }

cli-no-day = Нет экзаменационного дня в папке { $folder }. Проверьте название дня или укажите другую папку в --data FOLDER
cli-outages-none = { $day }: перерывов видео не было
cli-outage-place = № { $number }. Пункт { $point }, помещение { $room }, камера { $camera } ({ $id })
cli-outage-time = { "    " }Не было видео с { $from } до { $to }: { $minutes } мин { $seconds } с, обрывов { $times }, запись журнала № { $record }
cli-outage-cause = { "    " }Замечено: { $cause }
cli-outage-reason = { "    " }Причина: { $text } ({ $who }, { $at })
cli-outage-no-reason = { "    " }Причина не указана
