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

# Собрание всех частей
ui-gallery-title = Части окна
ui-gallery-buttons = Кнопки
ui-gallery-states = Состояния и текст
ui-gallery-banners = Полосы
ui-gallery-fields = Поля
ui-gallery-choice = Одно из двух
ui-gallery-tiles = Камеры
ui-gallery-day = День и долгая работа
ui-gallery-codes = Коды
ui-gallery-state = Как есть
ui-gallery-text = Что случилось и что с этим делать: одно-два предложения, которые могут занять больше строки.
ui-gallery-go = Сделать
ui-gallery-question = Сделать это?
ui-gallery-refusal = Не сделано, и вот почему.
ui-gallery-toast = Сделано
ui-gallery-show-question = Спросить…
ui-gallery-show-danger = Спросить о необратимом…
ui-gallery-show-toast = Сказать коротко
ui-gallery-show-keyboard = Клавиатура для каждого поля
