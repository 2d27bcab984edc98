# Days that are over
days-not-deleted = Не удалось удалить { $folder }: { $detail }. Уберите оттуда чужое и перезапустите станцию: она закончит удаление.
days-line = { $day }  { $state }  { $megabytes } МБ  хранить до { $until }  { $verdict }

# What the station refuses
refused-day-unknown = Дня { $day } на этом компьютере не было.
refused-day-deleted = День { $day } удалён или удаляется.
refused-day-kept = День { $day } нужно хранить до { $date } включительно.
refused-day-at-hand = Этот день ещё открыт на экране. Его можно удалить после перезапуска станции.
refused-day-damaged = День { $day }: не прочитать, до какого числа его хранить. Удалить его здесь нельзя, обратитесь в РЦОИ.

# Events
event-day-verified = Архив { $day } проверен ещё раз: { $verdict }, замечаний: { $faults }
event-day-deletion-begun = Двое распорядились удалить { $day }, частей: { $parts }. Причина: { $reason }
event-day-deleted = День { $day } удалён

# The screen
ui-screen-days = Прошлые дни
ui-days-title = Прошлые дни
ui-days-look-again = Обновить
ui-days-none = Здесь ещё не было экзаменационных дней.
ui-days-open = идёт
ui-days-unsealed = архив не закрыт
ui-days-sealed = архив подписан
ui-days-deleting = удаляется
ui-days-deleted = удалён
ui-days-missing = подписан, но файлов нет
ui-days-size = Файлов: { $files } · { $size } · хранить до { $until }
ui-days-verified = Проверен { $when }: { $verdict }, замечаний: { $faults }
ui-days-deleted-by = Удалили { $when }: { $who } и { $second }
ui-days-verifying = Проверяется { $day }
ui-days-failed = Не получилось: { $day }
ui-days-verify = Проверить снова
ui-days-copy = Скопировать снова
ui-days-delete = Удалить…
ui-days-delete-title = Удалить { $day }?
ui-days-delete-text = Записи и журнал дня исчезнут с этого компьютера. Останется запись о том, что удалено, когда и кем. Подтверждают двое.
ui-days-delete-reason = Причина
ui-days-delete-go = Удалить
