cat > notes.txt <<'END'
ordered on 2026-11-03, paid on 2026-11-30
nothing here
来自 li@163.com，发给 zhang_san@163.com
END

netloom-regex-toolbox search '(?P<year>\d{4})-(?P<month>\d\d)' --file notes.txt
netloom-regex-toolbox findall '\w+@163\.com' --file notes.txt
netloom-regex-toolbox sub '(\d+)-(\d+)-(\d+)' '\3.\2.\1' < notes.txt
netloom-regex-toolbox split '[,，]\s*' 'red, green，blue' --json
