# Печатные формы: общие слова и отказы.
form-yes = да
form-no = нет
form-page = Стр. { $page } из { $pages }
form-footer = { $form } · версия { $version } · { $of } · записей журнала: { $records } · SHA-256 { $hash }…
form-signature = подпись
form-name = фамилия, инициалы
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
form-too-early = Форму «{ $form }» пока не заполнить: того, о чём она, ещё не было. Что уже можно: invigil form list
form-sound = Описания форм в порядке: { $forms }, из них своих { $own }.
form-stranger = { $file }: такой формы нет. Назовите файл, как форму в invigil form list, с окончанием .toml
print-queued = Форма «{ $form }» в очереди печати: { $job }
print-stopped = Принтер сейчас не печатает: { $reason }. Форма выйдет, когда он снова заработает.
print-no-program = На этом компьютере нет программы печати lp. Установите CUPS или сохраните форму: invigil form pdf
print-too-long = Очередь печати не отвечает. Проверьте службу печати и повторите.
print-no-printer = Принтер по умолчанию не выбран. Выберите его в настройках или назовите: --printer
print-no-such-printer = Принтера «{ $printer }» нет. Имена принтеров показывает команда lpstat -p
print-refused = Принтер не принял форму: { $detail }. Проверьте его и повторите.
fault-brace = { $file }:{ $line }: { $key }: после «{"{"}» нет «{"}"}». Поле пишется так: {"{"}point{"}"}
