// SPDX-License-Identifier: Apache-2.0

/// The JVM, .NET, Ruby and PHP: their compilers, package managers and build tools. A build file is the project's code.
enum ManagedToolRows {
    static let text = #"""
        # Besides the launcher, whose code is what it is given.
        java, javaw, jdb, jwebserver
          at-files: yes
          style: single
          stops: yes
          any-option: plain
          option: -cp -classpath --class-path -p --module-path --upgrade-module-path tool-folder
          option: -Djava.library.path=* -Djava.ext.dirs=* -Djava.endorsed.dirs=* -Djava.class.path=* -Djna.library.path=* tool-folder
          option: --patch-module setting
          option: -jar code-file ; stop
          option: -m --module inert
          option: --add-modules --add-opens --add-exports --add-reads --enable-native-access --source --release --limit-modules -d inert
          option: -XX:OnError=* -XX:OnOutOfMemoryError=* shell
          option: -XX:Flags=* -XX:VMOptionsFile=* code-file
          option: -XX:LogFile=* -XX:ErrorFile=* -XX:HeapDumpPath=* write
          option: -javaagent:* -agentpath:* -agentlib:* -Xbootclasspath/a:* code-file
          operands: script inert...
          always: project

        javac, kotlinc, kotlinc-jvm, kotlinc-js, kotlinc-native, scalac, scalac3, groovyc, ecj, aspectjc, ajc
          at-files: yes
          style: single
          any-option: plain
          option: -d -s -h write-tree
          option: -sourcepath --source-path plain
          option: -cp -classpath --class-path -p --module-path -processorpath --processor-path tool-folder
          option: -script code-file
          option: -processor -Xplugin -Xplugin:* code-file
          option: -source --source -target --target -encoding -release --release -g:* -proc:* --add-modules --add-exports -jvm-target -language-version -api-version -module-name inert
          operands: read...
          always: write-tree .

        jar, jarsigner, jlink, jpackage, jmod, javadoc, javap, jdeps, jdeprscan, jcmd, jstack, jmap, jps, jstat, jinfo, jhsdb, pack200, serialver, kdoc, dokka, google-java-format, ktlint, detekt, scalafmt, checkstyle, pmd, spotbugs, proguard, jacoco, jmc, visualvm, jconsole, jfr, native-image, graalpy, japicmp, cfr, procyon, fernflower, jd-cli, jadx, apktool, dex2jar, d8, r8, aapt, aapt2, zipalign, apksigner, aidl
          any-option: plain
          option: -f --file -d -C --output -o -cp -classpath --class-path -r -R plain
          operands: plain...
          always: project

        mvn, mvnw, mvnd
          any-option: plain
          option: -f --file code-file
          option: -s --settings -gs --global-settings -t --toolchains -gt --global-toolchains project-part
          option: -l --log-file write
          option: -pl --projects -P --activate-profiles -rf --resume-from -T --threads -b --builder --color -ep --encrypt-password -emp --encrypt-master-password inert
          option: -D* --define maven-define
          style: single
          operands: any
          always: project

        gradle, gradlew
          any-option: plain
          option: -b --build-file -c --settings-file -I --init-script --include-build code-file
          option: -p --project-dir directory
          option: -g --gradle-user-home code-file
          option: --project-cache-dir write-tree
          option: -x --exclude-task --console --max-workers --priority --warning-mode --configuration --dependency --tests --gradle-version --type --dsl --test-framework --package --project-name --task --property --configuration-cache-problems -F --dependency-verification -M --write-verification-metadata --distribution-type inert
          option: --gradle-distribution-url url
          option: -D* --system-prop -P* --project-prop plain
          operands: any
          always: project

        ant, sbt, mill, sbtn, bloop, cs, coursier, grails, jenv, sdk, spring, quarkus, mn, micronaut, jhipster, buildr, gant, ivy, liquibase, flyway, play, activator, seed, fury, giter8, g8, scalafix, metals, kotlin-language-server, jdtls, tomcat, catalina.sh, jetty, wildfly, karaf, activemq, spark-submit, spark-shell, pyspark, flink, storm, beam, hadoop, hdfs, pig, nashorn, android, emulator, avdmanager, sdkmanager, ktor
          any-option: plain
          option: -f -file -buildfile -b -c --config -cp -classpath plain
          option: -e -eval --eval -execute code:other
          operands: plain...
          always: project

        dotnet
          any-option: plain
          inherit: yes
          flags: -h --help --info --list-sdks --list-runtimes -d --diagnostics
          option: -c --configuration -f --framework -r --runtime -a --arch --os -v --verbosity --version --version-suffix --filter -l --logger -p --property --tl --terminal-logger --self-contained -n --name -lang --language -k --api-key --symbol-api-key --timeout --take --skip -e --environment --format inert
          option: -o --output --results-directory --package-directory --packages --artifacts-path --tool-path --tool-manifest --diag --report --binarylog write-tree
          option: -s --source --symbol-source plain
          option: --configfile --settings --runsettings project-part
          option: --lock-file-path read
          option: --collect --test-adapter-path project-part
          option: --project --startup-project project-part
          subcommands: yes
          unknown: project

        dotnet build, dotnet test, dotnet run, dotnet publish, dotnet pack, dotnet clean, dotnet watch, dotnet vstest, dotnet store, dotnet format, dotnet fsi, dotnet csi, dotnet script, dotnet ef, dotnet build-server, dotnet sln, dotnet new, dotnet exec, dotnet dev-certs, dotnet user-secrets, dotnet sql-cache, dotnet aspnet-codegenerator, dotnet outdated, dotnet stryker, dotnet reportgenerator, dotnet coverage, dotnet csharpier, dotnet trace, dotnet counters, dotnet dump, dotnet gcdump, dotnet monitor, dotnet symbol, dotnet sos, dotnet xscgen, dotnet lambda, dotnet paket, dotnet fake, dotnet cake, dotnet nbgv, dotnet gitversion, dotnet remove, dotnet help, dotnet reference, dotnet solution, dotnet project, dotnet husky, dotnet swagger, dotnet openapi, dotnet grpc, dotnet interactive, dotnet repl
          operands: project-part...
          always: project

        dotnet msbuild
          operands: msbuild-word...
          always: project

        dotnet add
          operands: plain...
          always: url https://api.nuget.org ; project

        dotnet restore, dotnet nuget, dotnet tool, dotnet list, dotnet package, dotnet workload, dotnet search, dotnet sdk
          operands: plain...
          always: url https://api.nuget.org ; project

        nuget, paket, msbuild, xbuild, csc, vbc, fsc, fsharpc, fsi, mcs, csharp, mono, monodevelop, ilasm, ildasm, ilspycmd, nunit-console, nunit3-console, xunit.console, vstest.console, fake, cake, nbgv, gitversion, csharpier, fantomas, fsharplint, godot, unity, unity-editor, docfx, dotnet-ef, dotnet-script, dotnet-format, dotnet-trace, dotnet-counters, dotnet-dump, reportgenerator, tModLoader
          any-option: plain
          option: -o -out --output -OutputDirectory plain
          operands: plain...
          always: project

        gem
          any-option: plain
          inherit: yes
          option: -s --source --host url
          option: -i --install-dir -n --bindir --build-root write-tree
          option: -v --version --platform -P --trust-policy -k --key --otp -r inert
          option: -a --add plain
          option: -g --file --config-file project-part
          subcommands: yes
          unknown: opaque:program

        gem install, gem update, gem push, gem fetch, gem yank, gem owner, gem search, gem outdated, gem signin, gem signout, gem info, gem sources, gem mirror, gem exec, gem build, gem cert, gem generate_index, gem rdoc, gem unpack, gem pristine, gem server, gem rebuild, gem i
          option: -o --output write
          operands: project-part...
          always: url https://rubygems.org ; project

        gem open
          option: -e --editor shell
          operands: any
          always: project

        gem list, gem environment, gem env, gem which, gem uninstall, gem cleanup, gem contents, gem dependency, gem help, gem lock, gem query, gem specification, gem stale, gem check, gem version
          operands: any

        bundle, bundler
          same-as: bundle
          any-option: plain
          inherit: yes
          option: --gemfile code-file
          option: --path --binstubs write-tree
          option: --source --git plain
          option: --jobs -j --retry --without --with --group -g --version -v --branch --ref -e --ext --test --linter --ci inert
          subcommands: yes
          always: project

        bundle install, bundle add, bundle update, bundle lock, bundle outdated, bundle cache, bundle package, bundle pack, bundle inject, bundle init, bundle check, bundle clean, bundle config, bundle console, bundle show, bundle info, bundle list, bundle open, bundle platform, bundle plugin, bundle pristine, bundle remove, bundle viz, bundle gem, bundle binstubs, bundle doctor, bundle env, bundle help, bundle issue, bundle licenses, bundle version, bundle audit, bundle leak, bundle fund, bundle bundle
          operands: plain...
          always: url https://rubygems.org

        bundle exec
          stops: yes
          operands: command...

        rails
          any-option: plain
          subcommands: some
          operands: plain...
          always: project

        # Code, or a file of it.
        rails runner, rails r
          any-option: plain
          option: -e --environment inert
          stops: yes
          operands: code-or-file inert...
          always: project

        rake, rspec, minitest, thor, guard, rackup, puma, unicorn, passenger, thin, falcon, sidekiq, resque, foreman, forego, overmind, hivemind, honcho, goreman, shotgun, jekyll, middleman, nanoc, bridgetown, compass, haml, standardrb, reek, rubycritic, brakeman, erblint, haml-lint, fasterer, flog, flay, sorbet, srb, steep, rbs, typeprof, solargraph, ruby-lsp, yard, yardoc, rdoc, ri, capistrano, kamal, mina, chef, chef-client, chef-solo, knife, kitchen, berks, cookstyle, foodcritic, inspec, puppet, puppet-lint, r10k, facter, hiera, librarian-puppet, vagrant-spec, rails_best_practices, i18n-tasks, annotate, annotaterb, wheneverize, gemsmith, hanami, sinatra, padrino, lapidary, rbspy, stackprof, derailed, travis, danger, licensed, license_finder, testrb, turbo_tests, parallel_test, parallel_rspec, knapsack, zeitwerk, tapioca, packwerk
          any-option: plain
          option: -f --rakefile --config -c -r --require --options -I -G plain
          option: -C --directory directory
          option: -e --eval -E --execute -p --execute-print code:ruby
          option: -o --out --output plain
          option: -t --tag -n --name -j --jobs --format --only --except -T -P -D --port --binding -b --env --seed --order --fail-level inert
          operands: plain...
          always: project

        rubocop
          any-option: plain
          flag: -a -A --autocorrect --auto-correct --autocorrect-all --auto-correct-all -x --fix-layout ; project
          option: -c --config --cache-root plain
          option: -r --require code-file
          option: -o --out write
          option: --only --except -f --format --fail-level inert
          operands: plain...
          always: project

        composer
          any-option: plain
          inherit: yes
          option: -d --working-dir directory
          option: -f --format --dev --type --name --description --author --homepage --require --require-dev -s --stability -l --license -a --autoload --sort-by -M --with --ignore-platform-req --audit-format --prefer-install --apcu-autoloader-prefix --version inert
          option: --repository --repository-url plain
          option: --file --dir plain
          subcommands: yes
          unknown: project

        composer install, composer i, composer update, composer u, composer upgrade, composer require, composer r, composer remove, composer rm, composer uninstall, composer create-project, composer global, composer self-update, composer selfupdate, composer reinstall, composer diagnose, composer archive, composer bump, composer audit, composer outdated, composer search, composer show, composer info, composer browse, composer home, composer fund, composer depends, composer why, composer prohibits, composer why-not, composer suggests, composer licenses
          operands: outside...
          always: url https://repo.packagist.org ; project

        composer config
          flag: --auth ; read ~/.config/composer/auth.json
          handler: credential-setting
          operands: outside...
          always: project

        composer init, composer validate, composer dump-autoload, composer dumpautoload, composer check-platform-reqs, composer clear-cache, composer clearcache, composer cc, composer list, composer help, composer about, composer status, composer completion, composer repository
          operands: outside...
          always: project

        composer exec
          stops: yes
          operands: command...
          always: project

        composer run, composer run-script
          operands: outside...
          always: project

        phpunit, pest, phpstan, psalm, phan, phpcs, phpcbf, php-cs-fixer, phpmd, rector, pint, infection, behat, codecept, codeception, phpspec, paratest, deptrac, phpmetrics, phploc, pdepend, phpcpd, phar-composer, box, phive, deployer, dep, envoy, artisan, laravel, valet, sail, symfony, drush, drupal, wp, magento, n98-magerun, yii, craft, phinx, doctrine, doctrine-migrations, robo, phing, grumphp, captainhook, phpdoc, phpdocumentor, satis, tinker, php-parse, roadrunner, frankenphp, peck, pecl, pear, phpize, php-config, phpenv, phpbrew, twigcs, twig-cs-fixer, ecs, easy-coding-standard, monorepo-builder, swiss-knife, churn, phpinsights, mess
          any-option: plain
          option: -c --configuration --config --bootstrap --autoload-file -a plain
          option: -d -l --level --filter --group --testsuite --standard --format --report --memory-limit --rules -n -s inert
          option: --log-junit --coverage-html --coverage-clover --coverage-text --coverage-xml -o --output plain
          operands: plain...
          always: project
        """#
}
