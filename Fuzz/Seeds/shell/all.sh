f() { case "$1" in (-a|--b*) x=(1 [2]="$y") ;;& *) : ;; esac; } 2>&1 {fd}<>z
if [[ ! -f a && $b =~ ^(c|d)+$ ]]; then ((i++)); elif ! time -p e | g |& h; then coproc N { i; }; else j & fi
for k in {a,b{1..3}} ~/c $'\x41' $"l"; do m "${n:-o$(p `q \`r\``)}" $((1 + (2))) $[3] <(s) >&- ; done
for ((;;)); do t && break || declare -a u+=(v w); done
cat <<E <<-'F' <<<x
$a ${b%%c} \$d `e`
E
	$f
	F
until { g; }; do (h); done &> i
