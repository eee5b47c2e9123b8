// SPDX-License-Identifier: Apache-2.0

/// Python's package managers and tools. Installing runs what packages bring (`setup.py`, build back ends), testing and
/// building run the project's code; linters read files and configurations without running them.
enum PythonToolRows {
    static let text = #"""
        pip
          same-as: pip
          any-option: plain
          inherit: yes
          flags: -h --help -V --version -v --verbose -q --quiet --isolated --require-virtualenv --no-input --no-color
          flags: --disable-pip-version-check --no-cache-dir --debug --no-python-version-warning -U --upgrade --user --pre --no-deps --force-reinstall -I --ignore-installed -y --yes --no-index --no-binary-all --dry-run --no-build-isolation --use-pep517 --check-build-dependencies --break-system-packages --no-compile --no-clean --require-hashes --no-warn-script-location -l --local -o --outdated -u --uptodate --not-required --all --files --json --editable-only --exclude-editable --include-editable
          option: --python program
          option: --log --report --cache-dir write
          option: -i --index-url --extra-index-url --pypi-url --index --proxy url
          option: --trusted-host --retries --timeout --exists-action --progress-bar --keyring-provider --use-feature --use-deprecated --no-binary --only-binary --platform --python-version --implementation --abi --format --algorithm -a --upgrade-strategy --exclude --path --global-option -C --config-settings --root-user-action inert
          option: --cert --client-cert read
          option: -c --constraint --build-constraint -r --requirement read-or-url
          option: --group inert
          option: -f --find-links plain
          option: -e --editable package
          option: -t --target --prefix --root --src -d --dest --download -w --wheel-dir write-tree
          subcommands: yes

        pip install, pip wheel, pip lock
          option: -o --output write
          operands: package...
          always: url https://pypi.org ; project

        pip download
          operands: package...
          always: url https://pypi.org ; project

        pip config
          option: --editor program
          operands: plain...

        pip uninstall, pip check, pip freeze, pip list, pip show, pip inspect, pip cache, pip debug, pip completion, pip help
          option: --editor program
          operands: any

        pip hash
          operands: read...

        pip search, pip index
          operands: any
          always: url https://pypi.org

        pip-compile, pip-sync
          any-option: plain
          option: -o --output-file write
          option: -i --index-url --extra-index-url url
          option: -c --constraint read
          option: --pip-args plain
          option: --extra --resolver -P --upgrade-package inert
          operands: read...
          always: url https://pypi.org ; project

        pip-audit, safety, pip-licenses, pipdeptree, pip-review, pip-check, pip-autoremove, johnnydep, pip-chill, pipreqs, deptry, liccheck, pyroma, check-manifest, check-wheel-contents, auditwheel, delocate-wheel, pip-check-reqs
          any-option: plain
          option: -o --output --savepath --output-file --wheel-dir -w write
          option: -r --requirement read
          operands: plain...
          always: url https://pypi.org

        pipx
          any-option: plain
          subcommands: yes

        pipx install, pipx inject, pipx upgrade, pipx upgrade-all, pipx install-all, pipx reinstall, pipx reinstall-all, pipx uninstall, pipx uninstall-all, pipx uninject
          any-option: plain
          option: -i --index-url url
          option: --python program
          option: --pip-args --preinstall plain
          option: --suffix inert
          operands: package...
          always: url https://pypi.org ; project

        pipx list, pipx ensurepath, pipx environment, pipx completions, pipx pin, pipx unpin, pipx interpreter
          any-option: plain
          operands: any

        pipx run
          any-option: plain
          option: --spec package
          option: --python program
          option: -i --index-url url
          option: --pip-args --with plain
          stops: yes
          always: url https://pypi.org
          handler: package-runner

        pipx runpip
          operands: inert inert...
          always: url https://pypi.org ; project

        uv
          any-option: plain
          inherit: yes
          flags: -h --help -V --version -v --verbose -q --quiet --offline --no-cache -n --no-progress --no-config --native-tls --no-python-downloads --managed-python --no-managed-python --frozen --locked --no-sync --no-dev --dev --all-extras --all-groups --no-project --isolated --active --exact --no-editable --upgrade -U --system --break-system-packages --reinstall --pre --all-packages --no-group-all --compile-bytecode --refresh --no-default-groups --only-dev --no-install-project --no-build --no-binary --no-index --strict --dry-run --universal --no-annotate --no-header --require-hashes --force --seed --clear --bare --script-mode --lib --app --package-mode
          option: --directory --project directory
          option: --config-file project-part
          option: --env-file -c --constraints --overrides --build-constraints read
          option: --cache-dir write-tree
          option: --index --default-index --index-url -i --extra-index-url --publish-url --check-url url
          option: -f --find-links plain
          option: -p --python project-part
          option: --color --allow-insecure-host --extra --group --only-group --no-group -P --upgrade-package --reinstall-package --refresh-package --resolution --prerelease --exclude-newer --link-mode --index-strategy --keyring-provider -C --config-setting --no-build-package --no-binary-package --package --fork-strategy --python-platform --python-version --format --bump --short --output-format inert
          subcommands: yes

        uv add, uv pip install, uv tool install, uv tool upgrade, uv sync, uv lock, uv pip sync, uv pip compile, uv build, uv venv, uv init, uv remove, uv export, uv pip uninstall
          option: -r --requirements --requirement read
          option: -o --output-file --out-dir write
          option: -t --target --prefix write-tree
          option: --with --with-editable --with-requirements plain
          option: -e --editable package
          option: --script code-file
          option: --name --description --branch --tag --rev --extra-build --optional --bounds --marker --prompt inert
          operands: package...
          always: url https://pypi.org ; project

        uv publish
          option: -t --token -u --username -p --password inert
          operands: read...
          always: url https://upload.pypi.org

        uv tree, uv pip list, uv pip show, uv pip freeze, uv pip check, uv pip tree, uv tool list, uv tool dir, uv tool uninstall, uv tool update-shell, uv cache, uv cache clean, uv cache dir, uv cache prune, uv python list, uv python find, uv python pin, uv python dir, uv python uninstall, uv python update-shell, uv version, uv help, uv generate-shell-completion, uv auth, uv format
          subcommands: some
          operands: any

        uv pip, uv tool, uv python
          subcommands: yes

        uv python install, uv python upgrade
          option: -i --install-dir write-tree
          option: --mirror --pypy-mirror url
          operands: any
          always: url https://github.com

        uv self, uv self update
          subcommands: some
          operands: any
          always: url https://github.com ; project

        uv run
          flag: -m --module ; project
          option: --with --with-editable --with-requirements package
          flag: -s --script --gui-script ; project
          stops: yes
          handler: uv-run

        uv tool run, uvx
          any-option: plain
          option: --from --with --with-editable package
          option: --with-requirements read
          option: --index --default-index --index-url -i --extra-index-url url
          option: -p --python project-part
          option: --env-file -c --constraints --overrides read
          stops: yes
          always: url https://pypi.org
          handler: package-runner

        poetry
          any-option: plain
          inherit: yes
          flags: -h --help -q --quiet -V --version --ansi --no-ansi -n --no-interaction --no-plugins --no-cache -v -vv -vvv --verbose
          option: -C --directory -P --project directory
          subcommands: yes

        poetry add, poetry install, poetry update, poetry lock, poetry sync, poetry remove, poetry self, poetry self add, poetry self update, poetry self install, poetry self sync, poetry self lock, poetry build, poetry plugin
          subcommands: some
          option: -G --group -E --extras --with --without --only --python --platform --source -f --format --markers --local-version --config-settings inert
          option: -o --output write-tree
          operands: package...
          always: url https://pypi.org ; project

        poetry publish
          option: -r --repository -u --username -p --password inert
          option: --cert --client-cert read
          option: --dist-dir read-tree
          operands: any
          always: url https://upload.pypi.org ; project

        poetry search
          operands: any
          always: url https://pypi.org

        poetry show, poetry about, poetry list, poetry help, poetry version, poetry check, poetry env, poetry cache, poetry debug, poetry source show, poetry source remove, poetry self show, poetry self remove, poetry python, poetry python list, poetry python remove
          subcommands: some
          option: --with --without --only inert
          operands: any

        poetry python install
          operands: any
          always: url https://github.com

        poetry init, poetry new
          option: --name --description --author --python --dependency --dev-dependency --license -l --readme inert
          operands: write-tree

        poetry config
          operands: plain...
          always: project

        poetry source, poetry source add
          subcommands: some
          option: --priority inert
          operands: inert url

        poetry export
          option: -o --output write
          option: -f --format --with --without --only -E --extras inert
          operands: any

        poetry run
          stops: yes
          operands: command...
          always: project

        poetry shell
          operands: any
          always: project

        pdm, hatch, rye, pipenv, flit, pixi, hatchling, setuptools-scm, cibuildwheel, maturin, scikit-build, meson-python, pyflow, dephell, poethepoet, poe, nox, pyinvoke, invoke, inv, fab, doit, nose2, nosetests, green, ward, stestr, testr, trial, behave, lettuce, radish, robot, pabot, locust, schemathesis, mutmut, cosmic-ray, hypothesis, pytest-watch, ptw, ptr, bpython, ptpython, asv, kedro, dvc, snakemake, luigi, airflow, prefect, dagster, dbt, mlflow, celery, rq, dramatiq, huey, flask, uvicorn, gunicorn, hypercorn, daphne, granian, waitress-serve, uwsgi, fastapi, litestar, sanic, quart, streamlit, gradio, chainlit, panel, voila, bokeh, solara, marimo, scrapy, alembic, aerich, django-admin, manage.py, mkdocs, sphinx-build, sphinx-autobuild, sphinx-apidoc, sphinx-quickstart, pdoc, pdoc3, pydoc-markdown, jupyter-book, pelican, nikola, lektor, zensical, cookiecutter, copier, pyscaffold, putup, bump2version, bumpversion, bump-my-version, towncrier, versioneer, cython, cythonize, f2py, nuitka, nuitka3, pyinstaller, pyoxidizer, cx_freeze, cxfreeze, briefcase, buildozer, shiv, pex, zipapp, python-build, pyproject-build, scalene, memray, kernprof, mprof, pytest-3, py.test, pyre, pytype, pysa, semgrep-core, ansible-test, molecule, jupytext, nbconvert, papermill, nbqa, great_expectations, evidently, accelerate, torchrun, deepspeed, ray, horovodrun, transformers-cli, lm_eval, litgpt, axolotl
          subcommands: some
          any-option: plain
          option: -c --config -f --file -s --app -m plain
          option: -o --output --outfile --output-file --log-file plain
          option: -e --env -t --tag --name -n --host --port -p --bind -b --workers -w --log-level -l --group -G inert
          operands: plain...
          always: project

        pdm add, pdm install, pdm sync, pdm update, pdm lock, pdm self
          any-option: plain
          operands: package...
          always: url https://pypi.org ; project

        pytest
          any-option: plain
          option: -c --config-file configuration
          option: -p inert
          option: --rootdir --confcutdir --basetemp write-tree
          option: --junitxml --junit-xml --report-log --resultlog --log-file --html --json-report-file --csv write
          option: --cov-report --cov-config plain
          option: -k -m -n --numprocesses --maxfail --tb -r --durations -W --pythonwarnings -o --override-ini --color --capture --cov --cov-fail-under --ignore --ignore-glob --deselect --import-mode --log-level --log-cli-level --timeout --dist --reruns --lf --ff --sw --doctest-glob --count --seed --randomly-seed --pdbcls --assert --show-capture --log-format --markers inert
          operands: project-part...
          always: project

        tox
          any-option: plain
          option: -c --conf --workdir --root --result-json plain
          option: -e -f -m --skip-env --override -x --hashseed --colored --discover --notest inert
          operands: any
          always: project

        coverage
          any-option: plain
          inherit: yes
          option: --rcfile read
          option: --data-file modify
          option: --source --include --omit -i --ignore-errors --fail-under --precision --sort --title --concurrency --contexts --show-contexts inert
          option: -d --directory write-tree
          option: -o write
          subcommands: yes

        coverage run
          option: -m project
          option: -p --context inert
          stops: yes
          operands: code-file inert...
          always: project

        coverage report, coverage html, coverage xml, coverage json, coverage lcov, coverage annotate, coverage combine, coverage erase, coverage debug, coverage help
          operands: plain...
          always: project

        # Plug-ins of the type checkers and linters are the project's code.
        mypy, dmypy
          any-option: plain
          option: -c --command inert
          option: --config-file --custom-typing-module --custom-typeshed-dir read
          option: --python-executable program
          option: --cache-dir --any-exprs-report --cobertura-xml-report --html-report --linecount-report --linecoverage-report --lineprecision-report --txt-report --xml-report --xslt-html-report --xslt-txt-report --junit-xml write-tree
          option: -m --module -p --package --exclude --python-version --platform --disable-error-code --enable-error-code --always-true --always-false --follow-imports inert
          operands: read-tree...
          always: project

        pyright, basedpyright, pyrefly, ty, pylance
          any-option: plain
          option: -p --project --config-file read
          option: --pythonpath --python program
          option: --pythonplatform --pythonversion --level --threads --error --warn --ignore --output-format --python-version inert
          operands: plain...
          always: project

        ruff
          any-option: plain
          inherit: yes
          option: --config --cache-dir plain
          option: -o --output-file write
          option: --select --ignore --extend-select --extend-ignore --fixable --unfixable --target-version --line-length --output-format --per-file-ignores --exclude --extend-exclude --stdin-filename --color --range --extension --preview-rule inert
          subcommands: yes
          unknown: project

        ruff check
          flag: --fix --fix-only --unsafe-fixes --add-noqa ; modify
          operands: read-tree...
          default: read-tree .

        ruff format
          flag: --check --diff ; operands read-tree... ; default read-tree .
          operands: modify-tree...
          default: write-tree .

        ruff rule, ruff config, ruff linter, ruff clean, ruff server, ruff analyze, ruff analyze graph, ruff version, ruff help
          subcommands: some
          operands: any

        black, isort, autopep8, yapf, autoflake, pyupgrade, docformatter, add-trailing-comma, reorder-python-imports, unify, autotyping, ssort, pyment, blacken-docs, blue, djlint, djhtml, usort, ufmt, reformat-gherkin, tomlsort, toml-sort, pycln, unimport, eradicate, flynt, com2ann, darker, django-upgrade, setup-cfg-fmt, pyproject-fmt, validate-pyproject, nbstripout, rstfmt, mdformat
          any-option: plain
          flag: --check --check-only --diff -d --list-fixes ; operands read-tree...
          option: -c --code inert ; operands plain...
          option: --config --style --settings-path --settings-file --settings --global-config --pyproject read
          option: -l --line-length --max-line-length -t --target-version --include --exclude --extend-exclude --force-exclude --stdin-filename --profile -w --workers --indent-size --ignore --select --wrap-length --sl -p --project --skip -s --src --py --known-local inert
          operands: modify-tree...

        flake8, pylint, pycodestyle, pydocstyle, pyflakes, bandit, vulture, radon, xenon, prospector, pylama, doc8, darglint, interrogate, dodgy, mccabe, wily, pep257, pep8, dlint, refurb, perflint, fixit, lint-imports, import-linter, codespell, rstcheck, restructuredtext-lint, proselint, yamllint, cfn-lint, ansible-lint, detect-secrets, detect-secrets-hook, ggshield, dennis-cmd, curlylint, pyreverse, symilar, vermin, cohesion, pymarkdown, pymarkdownlnt, monkeytype, pyannotate
          any-option: plain
          flag: -w --write-changes --fix ; modify
          option: -o --output --output-file --tee write
          option: --config --rcfile --append-config -c --config-file --configfile -b --baseline --ignore-words -I --dictionary -D plain
          option: --load-plugins --init-hook code:python
          option: --max-line-length --ignore --select --extend-ignore --exclude -f --format -d --disable -e --enable --max-complexity --per-file-ignores --jobs -j --output-format --fail-under --skip -S -L --ignore-words-list -n --msg-template --min-confidence -s -t --severity-level --filename --exit-zero inert
          operands: read-tree...
          always: project

        twine
          any-option: plain
          subcommands: yes

        twine check
          any-option: plain
          operands: read...

        twine upload, twine register
          any-option: plain
          option: --repository-url url
          option: --config-file --cert --client-cert plain
          option: -r --repository -u --username -p --password -c --comment -i --identity inert
          option: --sign-with program
          operands: read...
          always: url https://upload.pypi.org

        pre-commit, prek
          same-as: pre-commit
          any-option: plain
          subcommands: yes
          inherit: yes
          option: -c --config code-file

        pre-commit run, pre-commit try-repo, pre-commit autoupdate, pre-commit install-hooks, pre-commit migrate-config, pre-commit validate-config, pre-commit validate-manifest, pre-commit sample-config, pre-commit clean, pre-commit gc, pre-commit help, pre-commit hook-impl
          option: --files --from-ref --to-ref --hook-stage --repo --ref -j inert
          operands: plain...
          always: project

        pre-commit install, pre-commit uninstall, pre-commit init-templatedir
          option: -t --hook-type inert
          operands: write-tree
          always: write .git/hooks ; project

        jupyter, jupyter-lab, jupyter-notebook, jupyter-nbconvert, jupyter-console, jupyterlab, ipython, ipython3
          any-option: plain
          option: -c --command code:python
          option: -m project
          option: --config --output --output-dir --to --template --execute --port --ip --notebook-dir --profile plain
          operands: code-file inert...
          always: project

        conda, mamba, micromamba
          same-as: conda
          any-option: plain
          inherit: yes
          option: -p --prefix write-tree
          option: -f --file plain-read
          option: -n --name --solver --subdir --cwd-mode inert
          option: -c --channel plain
          subcommands: yes

        conda install, conda create, conda update, conda upgrade, conda search, conda env, conda env create, conda env update, conda build, conda lock, conda content-trust, conda index, conda repoquery, conda self-update
          subcommands: some
          operands: package...
          always: url https://repo.anaconda.com ; project

        conda run
          stops: yes
          option: --cwd directory
          operands: command...

        conda config
          option: --file modify
          pair: --add --append --prepend --set plain
          pair: --remove inert
          option: --remove-key --show --get --describe inert
          flags: --system --env --show-sources --validate --write-default --stdin --json -v -q
          operands: any

        conda remove, conda uninstall, conda list, conda info, conda activate, conda deactivate, conda clean, conda compare, conda package, conda rename, conda notices, conda env list, conda env export, conda env remove, conda env config, conda export, conda doctor, conda help, conda shell, conda shell.bash, conda shell.posix
          operands: any

        # Rewrites the shell's start-up files.
        conda init
          operands: any
          always: write ~/.bashrc

        virtualenv, pyvenv, venv, python-venv, mkvirtualenv, workon, lsvirtualenv, rmvirtualenv
          any-option: plain
          option: -p --python interpreter
          option: --prompt --pip --setuptools --wheel --seeder --creator --app-data inert
          option: --extra-search-dir read
          operands: write-tree

        py-spy, austin, viztracer, pyinstrument, line_profiler
          any-option: plain
          option: -o --output --outfile write
          option: -r --rate -d --duration -p --pid -f --format inert
          stops: yes
          operands: code-file inert...
          always: project

        pydoc, pydoc3, pyclean, 2to3, py3clean, pygmentize
          any-option: plain
          option: -o --output-file write
          option: -l -f -F -O -P -S inert
          flag: -w ; modify
          operands: plain...
          always: project

        huggingface-cli, hf
          any-option: plain
          option: --local-dir --cache-dir write-tree
          option: --token --revision --repo-type --include --exclude --commit-message inert
          operands: plain...
          always: url https://huggingface.co

        wandb, comet, neptune, clearml
          any-option: plain
          operands: plain...
          always: url https://api.wandb.ai ; project
        """#
}
