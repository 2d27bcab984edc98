# Что проверка говорит об архиве.

archive-integrity-valid = Всё на месте и не изменено.
archive-integrity-incomplete = То, что есть, не изменено, но чего-то не хватает.
archive-integrity-tampered = После опечатывания что-то изменили.
archive-integrity-cannot-verify = Проверить это нельзя.

archive-provenance-anchored = Коды бумажных актов совпадают с архивом.
archive-provenance-known-key = Подписано ключом из вашего списка.
archive-provenance-unchecked = Чьим ключом подписано, не проверялось: список ключей не указан.
archive-provenance-untrusted-key = Подписано ключом, которого нет в вашем списке.

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
