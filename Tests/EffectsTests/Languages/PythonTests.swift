// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Effects

extension Harmless {
    static let python = [
        "print(1)", "print('hello', 2 ** 10)", "import sys; print(sys.version)",
        "import sys\nprint(sys.version_info >= (3, 8))",
        "import sys; print('\\n'.join(sys.path))", "import math; print(math.pi, math.sqrt(2))",
        "x = [i * 2 for i in range(10)]; print(sum(x))",
        "print('a,b'.split(',')[0].upper())", "import sys\nfor line in sys.stdin:\n    print(line.strip().split()[0])",
        "import time; t = time.time(); print(f'{t:.2f}')", "print(f\"{'a' + 'b':>10} {1 + 2!r}\")",
        "d = {'a': 1}; print(d.get('a'))",
        "print(sorted({'b', 'a'}, key=lambda s: len(s), reverse=True))", "print('open(\"x\")')  # eval('1')",
        "def f(n):\n    return 1 if n < 2 else n * f(n - 1)\nprint(f(5))", "a, b = 1, 2\nprint(a + b)",
        "print(0x1f, 1_000, 1e-3, 2j)",
        "try:\n    print(1 / 0)\nexcept ZeroDivisionError as e:\n    print(e)", "print('__import__')",
        "import itertools as it; print(list(it.islice(it.count(), 3)))",
        "print(\"\"\"a\nb'c\"\"\")", "print(r'\\d', b'\\x00', u'x')", "print(next(iter([1])))",
        "sum = 0\nfor i in range(3): sum += i\nprint(sum)",
        "print(isinstance(1, int), type(1))", "if (n := 10) > 5: print(n)", "", "print('%s' % 1, '{} {}'.format(1, 2))",
        "import sys; sys.exit(0)",
        "print([*range(3)], {**{}})", "import sys; sys.stdout.write('x')",
        "print(0if 1 else 2)".replacing("0if", with: "0 if"),
    ]
    /// Harmless, but for modules that are looked for in the working directory first.
    static let pythonImporting = [
        "import json; print(json.dumps({'a': 1}))", "import json,sys; print(json.load(sys.stdin)['a'])",
        "import re; print(re.sub(r'a', 'b', 'cat'))",
        "from datetime import datetime; print(datetime.now().isoformat())",
        "import base64;enc=base64.b64encode(b'x'.decode().encode());print(enc.decode())",
        "import hashlib; print(hashlib.sha256(b'x').hexdigest())",
        "from collections import Counter, defaultdict as dd; print(Counter('abc').most_common(1))",
        "import os; print(os.getcwd(), os.environ.get('HOME'))",
        "import os.path; print(os.path.join('a', 'b'))", "from os.path import basename; print(basename('a/b'))",
        "import urllib.parse; print(urllib.parse.quote('a b'))", "from urllib.parse import quote; print(quote('x'))",
        "import random, string; print(''.join(random.choice(string.ascii_letters) for _ in range(8)))",
        "import platform; print(platform.python_version())",
        "import numpy; print(numpy.__version__)", "import json as j\nprint(j.loads('[1]'))",
        "from itertools import chain\nimport textwrap\nprint(textwrap.dedent(' a'))",
        "import ast; print(ast.literal_eval('[1, 2]'))",
        "from functools import (reduce,\n  partial)\nprint(reduce(lambda a, b: a + b, [1, 2]))",
        "import secrets; print(secrets.token_hex(16))", "import uuid; print(uuid.uuid4())",
    ]
}

@Suite struct PythonTests {
    @Test(arguments: Harmless.python) func `a Python program that only computes and prints does nothing`(code: String) {
        #expect(done(.python, code) == [])
    }

    @Test(arguments: Harmless.pythonImporting)
    func `a Python program that imports is the project's code, and does nothing else`(code: String) {
        #expect(done(.python, code) == ["project-code"])
    }

    @Test(arguments: [
        ("print(open('x').read())", ["read x"]), ("open('f', 'w').write('a')", ["write f"]),
        ("open('f', mode='a')", ["write f"]),
        ("open(\"~/.bashrc\",\"w+\").write(\"DATA\")", ["read ~/.bashrc", "write ~/.bashrc"]),
        ("with open('x', 'rb') as f: print(len(f.read()))", ["read x"]),
        ("open('x', encoding='utf-8')", ["read x"]), ("open('x', 'r+')", ["read x", "write x"]),
        ("import sys; open(sys.argv[1])", ["opaque path-read"]),
        ("open('a' 'b')", ["opaque path-read"]), ("open('a' + 'b', 'w')", ["opaque path-write"]),
        ("open(f'a', 'w')", ["opaque path-write"]),
        ("open('\\x2e')", ["opaque path-read"]), ("open(r'\\x2e')", ["read \\x2e"]), ("print(open(0).read())", []),
        ("import json; print(json.load(open('x'))['a'])", ["project-code", "read x"]),
        ("import os; print(os.listdir())", ["project-code", "read ."]),
        ("import os; print(os.listdir('/etc'))", ["project-code", "read /etc"]),
        ("import os; print(os.listdir(x := '/etc'))", ["project-code", "opaque path-read"]),
        ("print(f\"{open('x').read()}\")", ["read x"]), ("print(open('/dev/stdin').read())", []),
        ("open('x' if 1 else 'y', 'x')", ["opaque path-write"]),
    ])
    func `Python reads and writes what it opens`(code: String, actions: [String]) {
        #expect(done(.python, code) == actions)
    }

    @Test(arguments: [
        "import os; os.system('id')", "__import__('os').system('id')", "import subprocess; subprocess.run(['id'])",
        "eval('1')", "exec('1')",
        "from os import system; system('id')", "from os import *", "import os as o; o.popen('id')",
        "getattr(__builtins__, 'eval')('1')",
        "''.__class__.__mro__[1].__subclasses__()", "().__class__.__base__",
        "print(f\"{__import__('os').system('id')}\")", "print(f'{().__class__}')",
        "(lambda: __import__('os'))()", "[eval][0]('1')", "e = eval\ne('1')", "print(globals())", "vars()", "open",
        "o = open\no('x', 'w')",
        "map(open, ['x'])", "print((open)('x', 'w'))", "import sys; sys.modules['os'].system('id')",
        "import sys as s; m = s; m.modules", "import sys; print(sys.path.insert(0, '/tmp'))",
        "import sys\nsys.path += ['/tmp']\nimport json", "import sys; p = sys.path",
        "import json; json.decoder.scanner.c_make_scanner", "import re; re.enum.sys",
        "import random; random._os.system('id')", "import collections; collections._sys",
        "import platform; platform.os.system('id')", "import platform; platform.architecture()",
        "open(mode='w', file='x')", "open(*a)", "open(**a)", "class A: pass", "class A(metaclass=M): pass",
        "@print\ndef f(): pass", "@eval\n@str\ndef f(): pass", "\u{1d452}val('1')", "\u{ff45}val('1')",
        "e\\\nval('1')\neval('1')", "0or__import__('os')", "1if eval('1')else 2", "import os\nos\n.system('id')",
        "import os; (os).system('id')", "os = __import__('os')",
        "import pty; pty.spawn('/bin/sh')", "from ctypes import cdll; cdll.LoadLibrary('/tmp/evil.so')",
        "import socket; s = socket.socket()", "import pickle; pickle.loads(b'')",
        "import code; code.interact()", "help()", "breakpoint()", "input('x')", "compile('1', '', 'eval')",
        "import os; os.remove('x')", "import os; os.path.os.system('id')",
        "import shutil; shutil.rmtree('/')", "from pathlib import Path; Path('x').unlink()", "import os; os.listdir",
        "from os import listdir; listdir('/x')",
        "# -*- coding: utf-7 -*-\nprint(1)", "# vim: set fileencoding=rot13 :\n1", "exec \"import os\"", "print `1`",
        "import builtins; builtins.eval('1')",
        "from builtins import eval as e; e('1')", "import operator; operator.attrgetter('x')", "x.__dict__",
        "print(x.gi_frame)", "def f(): pass\nf.__globals__",
        "import os, sys\nsys.stdout = os.popen('id')", "try: 1\nexcept Exception as e: e.__traceback__",
        "async def f(): pass", "f'{x'", "f'{x!r:{f\"{eval(1)}\"}}'", "f'{\"a\"}{eval(\"1\")}'",
        "'open", "\"\"\"open", "print(1\u{0})", "print(1)\u{a0}", "print(unknown)",
        "import importlib; importlib.import_module('os')", "open('x', opener=f)", "open('x', *a)", "open(file='x')",
        "open('x', m)", "open(3)", "import os; os.environ.__class__", "setattr(x, 'y', 1)",
        "import sys; sys.settrace(print)", "import sys; sys._getframe()",
        "del print; import os; os.execv('/bin/sh', [])",
        "import json; json = 1; json.loads", "import uuid; uuid.getnode()", "import yaml; yaml.load(open('x'))",
        "print(1)\reval('1')", "# x\reval('1')", "import sys; sys.__stdout__",
        "import numpy; numpy.load('x', allow_pickle=True)", "from numpy import load", "import os; print(os.system)",
        "(system := __import__)('os')", "lambda x=eval: x", "[x for x in [eval]]",
        "import os; os.environ['A'], os.system = 1, 2; os.system('id')", "if 1: import os; os.system('id')",
        "import os;print(1);os.system('id')",
    ])
    func `a Python program that could do more is code`(code: String) {
        #expect(done(.python, code).contains("opaque code"))
    }
}
