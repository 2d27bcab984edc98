### Шкаф с ПАК: кто просил открыть, какие пломбы были и стали.

event-cabinet-opened = Доступ № { $access }: шкаф открыт, инициатор { $initiator }, пломбы: { $seals }{ $broken ->
    [0] {""}
   *[other] , нарушено: { $broken }
}
event-cabinet-closed = Доступ № { $access }: шкаф закрыт, ПАК { $pak ->
    [on] включён
   *[off] выключен
}, пломбы: { $seals }

refused-many-seals = Пломб не больше { $max }.
refused-no-cabinet = Шкаф в этом доступе не открыт или уже закрыт.
refused-cabinet-open = Шкаф в этом доступе уже открывали.

ui-cabinet-open = Шкаф открыт…
ui-cabinet-close = Шкаф закрыт…
ui-cabinet-open-title = Шкаф с ПАК открыт
ui-cabinet-open-go = Записать
ui-cabinet-initiator = Кто просил открыть
ui-cabinet-seal = Номер пломбы
ui-cabinet-intact = Пломба была цела
ui-cabinet-close-title = Шкаф с ПАК закрыт
ui-cabinet-close-go = Записать
ui-cabinet-new-seal = Номер новой пломбы
ui-cabinet-pak-on = ПАК проверен и включён
ui-cabinet-line = Шкаф: { $initiator }, пломбы { $before } → { $after }

cli-accesses-none = { $day }: записей о доступе нет
cli-access-told = № { $number }. { $date }, { $from } – { $to }, помещение { $rooms }: { $action }, { $reason }
cli-access-who = { "    " }Операторы: { $person }; { $second }
cli-access-cabinet = { "    " }Шкаф: инициатор { $initiator }; пломбы до: { $before }, после: { $after }; ПАК { $pak ->
    [on] включён
    [off] выключен
   *[unknown] не проверен
}
cli-access-result = { "    " }Результат: { $text }
cli-access-explained = { "    " }Не закрыт, объяснение: { $text }
cli-access-corrected = { "    " }Верно: { $text }. Почему исправлено: { $reason }
