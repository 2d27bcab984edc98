### Что происходит с самим компьютером: устройства, связь, питание, входы в систему.

event-equipment-seen = Оборудование компьютера переписано, наименований: { $count }
event-equipment-changed = { $what ->
    [usb-appeared] Подключено USB-устройство
    [usb-gone] Отключено USB-устройство
    [disk-appeared] Подключён диск
    [disk-gone] Отключён диск
    [network-appeared] Появился сетевой адаптер
    [network-gone] Исчез сетевой адаптер
    [network-on] Подключена сеть
    [network-off] Отключена сеть
    [session-appeared] Вход в систему
    [session-gone] Выход из системы
    [mains-on] Есть питание от сети
    [mains-off] Нет питания от сети
    [battery-on] Аккумулятор заряжается
    [battery-off] Компьютер работает от аккумулятора
    [lid-on] Крышка открыта
    [lid-off] Крышка закрыта
    [computer-restarted] Компьютер перезагружен
   *[other] Изменилось оборудование компьютера
}: { $thing }{ $times ->
    [1] {""}
   *[other] , раз подряд: { $times }
}{ $noticed ->
    [at_start] , пока станция не работала
   *[at_once] {""}
}
event-equipment-explained = Объяснено, что было с оборудованием (событий: { $count }): { $text }

refused-no-incident = Такого события с оборудованием в журнале нет.

ui-incidents-title = Без открытого доступа и без объяснения: { $count }
ui-incidents-text = Это увидит комиссия. Объясните, кто и зачем это сделал.
ui-incidents-more = И ещё: { $count }. Они появятся здесь, когда объясните эти.
ui-incidents-explain = Объяснить…
ui-incidents-none = Всё, что происходило с компьютером, объяснено: { $count }
ui-incidents-access = В открытом доступе № { $access }
ui-incidents-reason = Объяснено: { $text } ({ $who })
ui-incidents-no-reason = Пока не объяснено
ui-incidents-line = { $time } { $what }
ui-incident-explain-title = Что было с оборудованием
ui-incident-explain-text = Одно объяснение подходит всем отмеченным событиям. Оно останется в журнале и в архиве.
ui-incident-reason = Кто, что и зачем сделал
ui-incident-explain-go = Записать
ui-close-line-incidents = Все события с оборудованием объяснены
ui-close-incidents = без объяснения: { $count }
ui-trouble-incidents = С компьютером что-то произошло, а доступ не открыт: { $count }
ui-trouble-incidents-do = Откройте «Доступ» и объясните, кто и зачем это сделал. Если это не вы и не ваши коллеги, позовите руководителя.

archive-warning-incidents = С компьютером что-то происходило без открытого доступа, и этого никто не объяснил. Событий: { $count }.

cli-incidents-none = { $day }: с компьютером за день ничего не происходило
cli-incident-told = № { $number }. { $time } { $what }. Запись журнала № { $record }
cli-incident-access = { "    " }Во время доступа № { $access }
cli-incident-reason = { "    " }Объяснение: { $text } ({ $who }, { $at })
cli-incident-no-reason = { "    " }Доступ не был открыт, объяснения нет
