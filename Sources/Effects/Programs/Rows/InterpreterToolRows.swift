// SPDX-License-Identifier: Apache-2.0

/// Languages' own run times and consoles, of those that are not on every system: files and texts that they run are code
/// that nobody here reads.
enum InterpreterToolRows {
    static let text = #"""
        ghci, runghc, runhaskell, ocaml, utop, iex, elixir, erl, escript, julia, R, Rscript, octave, octave-cli, clisp, sbcl, ecl, ccl, guile, racket, scheme, chez, gosh, mit-scheme, chicken, csi, clj, clojure, bb, babashka, planck, joker, janet, scala, scala-cli, amm, kotlin, kscript, groovy, groovysh, jshell, jjs, jrunscript, jruby, jython, irb, pry, psysh, gp, maxima, sage, evcxr, fennel, gforth, swipl, gprolog, sml, poly, rakudo, raku, newlisp, picolisp, rexx, regina, io, idris, idris2, agda, coqtop, lean, yap, boron, hy, xonsh, nu, elvish, oil, osh, ysh, pwsh, powershell, murex, ion, ngs, tsh, gst, squeak, pharo, j, apl, bqn, uiua, mathics, wolframscript, gap, magma, polymake, sagemath, lush, clingo, minizinc, z3, jbang
          any-option: plain
          option: -e --eval -eval --evaluate -x -E --execute --exec -c --batch-string -r --run --code --print code:other
          option: -f --file -l --load -script --script --init-file --require code-file
          option: -cp -classpath --class-path --classpath -I -L -pa -pz tool-folder
          operands: code-file plain...
          input: code:other
        """#
}
