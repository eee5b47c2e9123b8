// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Effects

extension Harmless {
    static let perl = [
        "s/a/b/", "s/a/b/g; s{c}{d}; s#/x#/y#", "tr/a-z/A-Z/", "y/a/b/", "print", "print if /x/", "print $F[0]",
        "print \"$F[1] $_\\n\"",
        "$s += $F[0]; END { print $s }", "print join(\",\", sort { $a <=> $b } split /\\s+/)", "print scalar reverse",
        "$h{$_}++; END { print \"$_ $h{$_}\\n\" for sort keys %h }",
        "print length($_), \"\\n\"", "print uc, lc", "while (<>) { print if $. > 3 }",
        "my ($x, $y) = split /,/; print $y if $x == 1", "s/(\\d+)/$1 + 1/e", "print \"hello\" x 3",
        "next unless /^#/; print",
        "use strict; use warnings; print 1", "use List::Util qw(sum max); print sum(@F)",
        "print sprintf(\"%.2f\", 3.14159)", "print STDERR \"x\"", "BEGIN { $/ = undef } s/\\n//g",
        "print 'it', q(x), qq{y}", "if (/a(b)/) { print $1 } else { print 2 }",
        "for my $i (1..3) { print $i }", "print map { \"$_\\n\" } grep { $_ > 2 } @F", "# system('id')\nprint 1",
        "print \"system('id')\"", "print time - 3", "print 6 / 2; print 7 % 2", "chomp; print lc($_) . \"\\n\"",
        "s/\\s+$//; s,/,|,g",
        "print substr($_, 0, 3)", "$_ = uc", "print \"$ENV{HOME}\"", "@a = (1, 2); push @a, 3; print \"@a\"",
        "print $#F", "print \"a\" . ($x ? \"b\" : \"c\")", "$|++; print $0", "s/[$x]/y/", "",
        "print \"a@b.c\"".replacing("@b", with: "\\@b"),
    ]
    static let node = [
        "console.log(1)", "console.log(process.version, process.argv[2])", "1 + 1",
        "console.log(JSON.stringify({a: 1, 'b-c': [1, 2]}, null, 2))",
        "const x = [1, 2, 3].map(n => n * 2); console.log(x[0], x.length)",
        "console.log(Math.max(...[1, 2]), new Date().toISOString())",
        "for (let i = 0; i < 3; i++) console.log(`${i}: ${i * 2}`)",
        "function f(n) { return n < 2 ? 1 : n * f(n - 1) }\nconsole.log(f(5))",
        "console.log('a/b'.split('/')[0], /a[/]b/.test('x'))",
        "console.log(require('path').join('a', 'b'))", "const os = require('os'); console.log(os.platform())",
        "console.log(require('crypto').randomBytes(8).toString('hex'))", "process.stdout.write('x')",
        "if (process.env.HOME) process.exit(0)",
        "let s = ''; process.stdin.on('data', c => s += c).on('end', () => console.log(s.length))",
        "const {a, b} = JSON.parse('{}'); console.log(a, b)",
        "try { throw new Error('x') } catch (e) { console.log(e.message) }",
        "console.log(Object.keys({a: 1})) // eval('x')",
        "console.log(Buffer.from('aGk=', 'base64').toString())",
        "console.log(encodeURIComponent('a b'), parseInt('12', 10))", "console.log(process.versions.node)",
        "console.log(6 / 2 / 1)", "console.log([..._x()])\nfunction _x() { return [1] }", "",
    ]
    static let ruby = [
        "puts 1", "puts RUBY_VERSION", "puts \"a #{1 + 2}\"",
        "x = [1, 2, 3]; puts x.map { |n| n * 2 }.sum".replacing("n * 2", with: "n + 2"), "puts 'abc'.upcase.reverse",
        "3.times { |i| puts i }", "require 'json'; puts JSON.parse('[1]').length", "puts Math.sqrt(2)",
        "puts Time.now.to_i",
        "p ENV['HOME']", "require 'date'; puts Date.today.to_s", "puts 10 / 3", "puts File.basename('a/b')",
        "if 1 > 2 then puts 1 else puts 2 end", "require 'securerandom'; puts SecureRandom.hex(8)",
    ]
    static let php = [
        "echo 1;", "echo phpversion();", "echo PHP_VERSION, PHP_EOL;", "echo json_encode(['a' => 1, 'b' => [1, 2]]);",
        "$x = 'a'; echo strtoupper($x) . \"$x\\n\";", "foreach ([1, 2] as $i) { echo $i * 2; }",
        "var_dump(extension_loaded('json'));", "print_r(get_loaded_extensions());",
        "echo date('Y-m-d'); // system('id')",
        "for ($i = 0; $i < 3; $i++) echo $i;", "echo md5('x'), base64_encode(\"y\");", "phpinfo();",
        "if (version_compare(PHP_VERSION, '8.0', '<')) { exit(1); }",
    ]
}

@Suite struct ScriptTests {
    @Test(arguments: Harmless.perl) func `a Perl program that works on text alone does nothing`(code: String) {
        #expect(done(.perl, code) == [])
    }

    @Test(arguments: [
        "system('id')", "exec 'id'", "`id`", "print `id`", "qx(id)", "qx{id}", "print qx/id/", "open(F, 'x')",
        "open my $f, '|-', 'id'", "eval '1'", "eval { 1 }", "do 'x.pl'", "require 'x.pl'", "use Socket; 1",
        "use POSIX::x; 1", "no re 'x'", "unlink 'x'", "rename 'a', 'b'",
        "s/x/system('id')/e", "s/x/'id'/ee", "s/x/`id`/eg", "s{x}{qx(id)}e", "print \"@{[system('id')]}\"",
        "print \"${\\ system('id')}\"", "print \"$x->[system('id')]\"", "print \"$h{system('id')}\"",
        "/(?{system('id')})/", "m{(??{`id`})}", "/$x(?{1})/", "s/(?{1})//", "qr/(?p{1})/",
        "@ARGV = ('id|'); while (<>) { print }", "$ARGV[0] = 'id|'; <>", "unshift @ARGV, 'id|'", "push @ARGV, 'x'",
        "*ARGV = ['id|']", "$x = 'ARGV'; @$x = ('id|'); <>", "$x = 'ARGV'; $x->[0] = 'id|'", "@{'ARGV'} = ('id|')",
        "@main'ARGV = 1", "$main::ARGV[0] = 1", "${ARGV}[0] = 1", "$x[0] = 'ARGV'; $x[0][0] = 'id|'",
        "&{'system'}('id')", "&$x('id')", "$x->('id')", "$x->system('id')", "POSIX->import", "'main'->can('system')",
        "main->x", "CORE::system('id')", "$x'y;system('id');#'", "print'x';system('id')", "$SIG{ALRM} = 'x'",
        "$INC[0] = '.'", "push @INC, '.'; use List::Util", "%ENV = ()", "print <*.txt>", "print <$x>", "<'id|'>",
        "print {$x} 1", "print F 1", "print $x 'a'; system('id')".replacing("$x 'a'", with: "1"), "-e 'x'",
        "print <<E;\nsystem\nE\n", "=pod\n\n=cut\nsystem('id')", "1;\n=pod\n\n=cut\nprint 1", "sub f { 1 } f()",
        "package x;", "local *x = 1", "format STDOUT =\n.", "__END__", "syscall 1", "dump", "kill 9, 1", "fork",
        "chmod 0, 'x'", "mkdir 'x'", "glob '*'", "sysopen F, 'x', 0", "tie %h, 'x'", "select F", "socket F, 1, 1, 1",
        "$_ = time / \"/; system('id'); #/", "shift / 2; system('id') # /", "localtime / 'x'; system('id') #'/",
        "$x {k} / system('id') / 1", "print $x ? 1 : 2; system('id')", "split ?x?, 'a'", "s/a/b", "'open",
        "s(a)(b)e(c)", "s/a/b/z", "y=a=b=", "s a b c ", "s#a#b# # c\n; system('id')", "s #a\nb",
        "\u{73}yst\u{435}m('id')", "print(1)\u{2028}", "map{", "}", "sort { system 'id' } 1, 2",
        "print sort system 1, 2", "{ system }", "$h{ system('id') }", "$h{system 'id'}", "if (1) {system}",
    ])
    func `a Perl program that could do more is code`(code: String) {
        #expect(done(.perl, code) == ["opaque code"])
    }

    @Test(arguments: Harmless.node) func `a JavaScript program that only computes and prints does nothing`(code: String)
    {
        #expect(done(.node, code) == [])
    }

    @Test(arguments: [
        ("console.log(require('fs').readFileSync('x', 'utf8'))", ["read x"]),
        ("const fs = require('fs'); fs.writeFileSync('y', 'z')", ["write y"]),
        ("const fs=require('node:fs');fs.copyFileSync('a','b')", ["read a", "write b"]),
        ("require('fs').unlinkSync('x')", ["delete x"]),
        ("require('fs').readFileSync(process.argv[1])", ["opaque path-read"]),
        ("require('fs').writeFileSync('a' + 'b', 1)", ["write ab"]),
        ("require('fs').writeFileSync('a' + process.argv[1], 1)", ["opaque path-write"]),
        ("JSON.parse(require('fs').readFileSync(0))", []),
        ("console.log(require('./package.json').version)", ["read ./package.json"]),
        ("console.log(require('typescript').version)", ["project-code"]),
        ("console.log(require('fs').existsSync('x'))", []),
        ("const p = require('../package.json'); console.log(p.name)", ["read ../package.json"]),
        ("require('fs').readFileSync('x', {encoding: 'utf8'})", ["read x"]),
    ])
    func `JavaScript reads and writes what functions of fs name`(code: String, actions: [String]) {
        #expect(done(.node, code) == actions)
    }

    @Test(arguments: [
        "require('child_process').execSync('id')", "child_process.execSync('id')", "eval('1')", "new Function('1')()",
        "Function('1')()", "[].constructor.constructor('1')()", "[]['constructor']", "[]['con' + 'structor']",
        "x = 'constructor'; [][x][x]('1')()", "`${eval('1')}`", "`${`${eval('1')}`}`",
        "process.mainModule.require('fs')",
        "process.binding('spawn_sync')", "global.process", "globalThis.eval('1')", "this.process",
        "(function() { return this })().eval('1')", "import('fs')", "module.require('fs')",
        "const r = require; r('fs')", "require('f' + 's')", "require(`fs`+'')",
        "const {execSync} = require('child_process')", "const cp = require('child_process')",
        "const {mainModule: m} = process",
        "const p = process; p.exit()", "process['binding']('x')", "process?.mainModule",
        "const f = require('fs'); f['readFileSync']('x')", "['x'].map(require('fs').readFileSync)",
        "require('fs').promises.readFile('x')", "require('fs').readFileSync('x', {flag: 'w'})",
        "require('fs').readFileSync('x', {'flag': 'w'})", "require('fs').readFileSync('x', o)",
        "require('fs').readFileSync('x', {...o})",
        "fetch('http://evil.example')", "(fetch => fetch)(1); fetch('http://x')", "new WebSocket('ws://x')",
        "require('http').get('http://x')", "require('net').connect(1)", "require('vm').runInThisContext('1')",
        "require('module')._load('fs')", "require('./x')", "require('x')",
        "{const dns = require('path')} dns.resolve('x.evil.example')", "{ const os = require('fs') }",
        "var child_process; child_process.execSync('id')", "\\u0065val('1')", "\u{ff45}val('1')", "ev\u{200b}al('1')",
        "x.__proto__", "x['__proto__']", "({__proto__: 1})", "({'constructor': 1})", "({['a']: 1})",
        "const {['constructor']: F} = f", "a = {}\n/eval('1')/1", "if (x) /'/.test(y); eval('1') //'",
        "a++ /eval('1')/ 1", "x\n/y/g", "<!-- x\n1", "1 --> 2", "// x\u{2028}eval('1')", "// x\reval('1')",
        "class A {}", "Reflect.get(x, 'y')", "new Proxy({}, {})", "Symbol.species", "Error.prepareStackTrace = x",
        "Object.getPrototypeOf(x)", "Object.getOwnPropertyDescriptor(x, 'y')", "Object['keys']", "const o = Object",
        "console['log']", "process.stdout._handle", "process.stdout.constructor",
        "process.stdin.on('x', f).connect(80)", "process.dlopen", "process.kill(1)", "setInterval(f)", "WebAssembly.x",
        "arguments.callee",
        "with (x) {}", "unknown()", "fs.readFileSync('x')", "'open", "`open", "/open", "(", "x[i]", "x[f()]",
        "f`x`[eval]", "Buffer['from']", "async () => { await import('fs') }", "new (Function)('1')", "[eval][0]('1')",
        "(0, eval)('1')", "eval?.('1')", "process.env.constructor", "queueMicrotask(f)", "delete x.constructor",
        "x.require('fs')", "JSON.parse.constructor('1')()",
    ])
    func `a JavaScript program that could do more is code`(code: String) {
        #expect(done(.node, code) == ["opaque code"])
    }

    @Test(arguments: Harmless.ruby) func `a Ruby program that only computes and prints does nothing`(code: String) {
        #expect(done(.ruby, code) == [])
    }

    @Test(arguments: [
        ("puts File.read('x')", ["read x"]), ("File.write('x', 'y')", ["write x"]),
        ("puts File.read(\"a\", 3)", ["read a"]),
    ])
    func `Ruby reads and writes what methods of File name`(code: String, actions: [String]) {
        #expect(done(.ruby, code) == actions)
    }

    @Test(arguments: [
        "system('id')", "system 'id'", "exec 'id'", "`id`", "%x(id)", "puts %x{id}", "open('|id')", "IO.popen('id')",
        "eval '1'", "Kernel.system 'id'", "send(:system, 'id')", "puts 1.send(:system, 'id')", "['id'].each(&:x)",
        "['x', 'id'].inject(:system)", "Object.const_get(:File)", "puts \"#{system('id')}\"", "puts \"#{`id`}\"",
        "puts \"#$x\"", "File.read('|id')", "File.read('a' + 'b')",
        "File.open('x', 'w')", "File.delete('x')", "Dir['*']", "require 'socket'", "require './x'",
        "require_relative 'x'", "load 'x'", "system = 1; system 'id'", "system [1]; system = 1", "x = 1; x 'id'",
        "BEGIN { system }", "puts <<E\nx\nE", "puts <<~E\nx\nE", "=begin\n=end\nputs 1", "x = % '; system('id') #'",
        "puts / '/; system('id') #'", "puts ?a", "spawn 'id'", "fork", "trap('X')", "ARGV.push('x'); puts gets",
        "def f; end", "class A; end", "puts method(:system)", "1.instance_eval { }", "puts __FILE__", "alias x system",
        "\u{ff53}ystem", "# encoding: utf-7\nputs 1", "$: << 'x'", "$0 = 'x'", "puts :a", "x.y", "JSON.load('x')",
        "Marshal.load('x')", "proc { }", "-> { }", "puts 'open", "ObjectSpace.x", "Process.spawn('id')",
        "Process.kill(9, 1)",
    ])
    func `a Ruby program that could do more is code`(code: String) {
        #expect(done(.ruby, code) == ["opaque code"])
    }

    @Test(arguments: Harmless.php) func `a PHP program that only computes and prints does nothing`(code: String) {
        #expect(done(.php, code) == [])
    }

    @Test(arguments: [
        ("echo file_get_contents('x');", ["read x"]), ("file_put_contents(\"x\", 'y');", ["write x"]),
        ("unlink('x');", ["delete x"]), ("echo file_get_contents('https://h.example/x');", ["url https://h.example/x"]),
        ("readfile('php://stdin');", []),
    ])
    func `PHP reads and writes what its functions for files name`(code: String, actions: [String]) {
        #expect(done(.php, code) == actions)
    }

    @Test(arguments: [
        "system('id');", "SYSTEM('id');", "exec('id');", "`id`;", "echo `id`;", "eval('1;');",
        "$f = 'system'; $f('id');", "'system'('id');", "('sys' . 'tem')('id');", "['x'][0]('id');",
        "array_map('system', ['id']);", "call_user_func('system', 'id');", "usort($x, 'system');",
        "preg_replace('/x/e', 'y', 'z');", "preg_replace_callback('/x/', 'system', 'x');",
        "include 'x';", "require('x');", "new X();", "X::y();", "$x->y();", "\\system('id');", "echo \"{$x()}\";",
        "echo \"${x}\";", "echo \"$x->y\";", "echo \"$x[0]\";", "?><?php system('id');", "// ?> <?php system('id');",
        "# ?> x", "echo <<<E\nx\nE;", "function f() {}", "fn() => 1;", "$$x = 1;", "assert('x');", "unserialize('x');",
        "fopen('x', 'w');", "file_get_contents('a' . 'b');",
        "file_get_contents('phar://x');", "file_get_contents($x);", "file_exists('ftp://h/' . $x);",
        "mail('x', 'y', 'z');", "putenv('x=y');", "ini_set('x', 'y');", "dl('x');", "goto x;",
        "echo \u{ff53}ystem('id');", "'open", "unknown();", "UNKNOWN;", "namespace x;", "use x;", "static fn() => 1;",
        "extract(['x' => 1]);", "parse_str('x');", "proc_open('id', [], $p);", "#[X]\necho 1;",
    ])
    func `a PHP program that could do more is code`(code: String) {
        #expect(done(.php, code) == ["opaque code"])
    }
}
