### Сигналы: история, звук.

ui-alarms-open = История сигналов
ui-alarms-title = Сигналы за день
ui-alarms-close = Закрыть
ui-alarms-none = Сигналов сегодня не было.
ui-alarms-seen = { $from }–{ $to }, увидел { $at }: { $who }
ui-alarms-unseen = { $from }–{ $to }, никто не отметил

ui-sound-none = Звука нет: сигналы будут видны только на экране. Подключите колонки или включите звук компьютера. ({ $detail })
ui-sound-try = Дать пробный сигнал
