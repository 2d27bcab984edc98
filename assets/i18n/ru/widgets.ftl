# Что говорят части окна, общие для всех экранов.

ui-screen-help = Справка
ui-scale = Размер: { $percent } %

# Справка
ui-help-search = Найти в справке
ui-help-found =
    { $count ->
        [0] Ничего не нашлось. Попробуйте другое слово или его часть.
        [one] Нашлось в { $count } месте
       *[other] Нашлось в { $count } местах
    }

# Кнопка, которую держат
ui-hold = Удерживайте полторы секунды
ui-hold-again = Нажмите ещё раз, чтобы подтвердить

# Клавиатура на экране
ui-keys-shift = Заглавная буква
ui-keys-letters = Буквы
ui-keys-digits = Цифры и знаки
ui-keys-language = Другие буквы
ui-keys-space = Пробел
ui-keys-enter = Ввод
ui-keys-away = Убрать клавиатуру

# Коротко о том, что сделано
ui-toast-access-opened = Доступ открыт
ui-toast-access-closed = Доступ закрыт
ui-toast-corrected = Исправление в журнале
ui-toast-code = Код отмечен как записанный
ui-toast-reference = Вид камеры утверждён
ui-toast-request-made = Запрос записан
ui-toast-request-passed = Запрос передан
ui-toast-request-resolved = Запрос решён
ui-toast-cabinet = Пломбы шкафа в журнале
ui-toast-inventory = Реестр обновлён
ui-toast-handed-over = Передача в журнале
