{
  netloom-regex-toolbox search 'on (\d+' 'on 30' || echo "status $?"
  netloom-regex-toolbox search '(?<day>\d+)' 'on 30' || echo "status $?"
  netloom-regex-toolbox search 'on （\d+）' 'on 30' || echo "status $?"
  netloom-regex-toolbox sub '(\w+) (\w+)' '$2 $1' 'on 30'
} 2>&1
