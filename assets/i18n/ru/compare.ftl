# Команда `compare`.
compare-same = Это один и тот же архив.
compare-same-journal = Журнал один и тот же, но в одном архиве есть части, которых нет в другом.
compare-changed = Журнал один и тот же, но остальное после закрытия архива изменили: смотрите ниже.
compare-first-earlier = Второй архив продолжает первый.
compare-second-earlier = Первый архив продолжает второй.
compare-fork = Журналы противоречат друг другу: станция могла написать не больше одного из них.
compare-other-day = Это архивы разных экзаменационных дней.
compare-cannot = Сравнить нельзя: журнала одного из архивов нет, или он не читается.
compare-first = первый
compare-second = второй
compare-common = Общих записей: { $count }
compare-forked-at = Первая различная запись, журнал { $day }: { $record }
compare-no-record = такой записи нет
compare-differences = Различается:
compare-in-both = другие байты
compare-in-first = только в первом
compare-in-second = только во втором
