// SPDX-License-Identifier: Apache-2.0

/// Containers, and services that are used with a person's credentials: a connection to the service's host where that is
/// known, `opaque host` where only a configuration knows it.
enum CloudRows {
    static let text = #"""
        # The daemon runs as root: what is mounted is read and written, and a privileged container is the machine.
        docker, podman, nerdctl
          same-as: docker
          flags: -D --debug -v --version --tls --tlsverify -r --remote --help
          option: --config read-tree
          option: -c --context --connection --namespace -n -l --log-level inert
          option: -H --host --url --address docker-host
          option: --tlscacert --tlscert --tlskey --identity read
          option: --root --runroot --storage-driver --storage-opt --cgroup-manager --volumepath --tmpdir plain
          option: --runtime --conmon --hooks-dir project-part
          subcommands: yes

        docker container, docker image, docker volume, docker network, docker system, docker builder, docker buildx, docker context, docker manifest, docker plugin, docker swarm, docker stack, docker service, docker secret, docker config, docker node, docker trust, docker checkpoint, docker scout, docker compose, docker machine, docker pod, docker play, docker kube, docker generate, docker model, docker mcp, docker sandbox, docker offload
          any-option: plain
          option: -f --file code-file
          option: --project-directory directory
          option: --env-file read
          option: -p --project-name --profile --ansi --progress --parallel --builder inert
          subcommands: yes
          unknown: project

        docker run, docker create, docker container run, docker container create
          any-option: plain
          flags: -d --detach -i --interactive -t --tty --rm --init --read-only --no-healthcheck -q --quiet -P --publish-all --sig-proxy --oom-kill-disable --replace --tls-verify --rmi
          flag: --privileged ; modify-tree /
          option: -v --volume docker-volume
          option: --mount docker-mount
          option: --tmpfs --volumes-from --volume-driver --name -p --publish -e --env -w --workdir -u --user -h --hostname --network --net --network-alias --ip --link --dns --dns-search --dns-option --add-host --expose -m --memory --memory-swap --memory-reservation -c --cpu-shares --cpus --cpuset-cpus --cpuset-mems --cpu-period --cpu-quota --shm-size --ulimit --restart --entrypoint -l --label --platform --pull --stop-signal --stop-timeout --log-driver --health-cmd --health-interval --health-retries --health-timeout --health-start-period --gpus --isolation --kernel-memory --mac-address --memory-swappiness --pids-limit --sysctl --detach-keys --cgroup-parent --blkio-weight --group-add --cap-drop --storage-opt -a --attach --domainname --runtime --annotation --arch --os --variant --subuidname --subgidname inert
          option: --cap-add --security-opt docker-right
          option: --log-opt docker-log-option
          option: --pid --ipc --uts --userns --cgroupns --cgroup docker-namespace
          option: --device --device-cgroup-rule docker-device
          option: --env-file --label-file read
          option: --cidfile --pidfile --iidfile write
          option: --rootfs read-tree
          stops: yes
          handler: container-run

        # Whoever reaches where it listens has the rights of whom it runs as.
        docker system service
          any-option: yes
          operands: listening-address

        docker exec, docker container exec
          any-option: plain
          flags: -d --detach -i --interactive -t --tty
          flag: --privileged ; modify-tree /
          option: -e --env -w --workdir -u --user --detach-keys inert
          option: --env-file read
          stops: yes
          handler: container-exec

        docker build, docker image build, docker builder build, docker buildx build, docker buildx bake
          any-option: plain
          flags: -q --quiet --no-cache --pull --rm --force-rm --squash --compress --load --push --layers --check
          option: -f --file --containerfile code-file
          option: -t --tag --build-arg --label --target --platform --network --add-host --cache-from --cgroup-parent --isolation --memory -m --progress --ulimit --shm-size --builder --annotation --attest --allow --call --no-cache-filter --provenance --sbom --output-type --set inert
          option: --build-context plain
          option: --secret --ssh docker-secret
          option: -o --output --cache-to docker-output
          option: --iidfile --metadata-file write
          option: -v --volume docker-volume
          operands: docker-context
          always: project

        # Only who one is changes: it sees the machine's files.
        docker unshare
          flags: --rootless-netns
          stops: yes
          operands: command...

        docker ps, docker images, docker logs, docker inspect, docker top, docker stats, docker port, docker diff, docker version, docker info, docker events, docker history, docker start, docker stop, docker restart, docker kill, docker pause, docker unpause, docker wait, docker rename, docker update, docker rm, docker rmi, docker attach, docker tag, docker commit, docker help, docker healthcheck, docker completion, docker init, docker debug, docker desktop, docker extension, docker feedback, docker untag, docker mount, docker umount, docker unmount, docker renumber, docker auto-update, docker farm, docker artifact, docker quadlet
          any-option: yes
          operands: any

        docker container ls, docker container list, docker container ps, docker container logs, docker container inspect, docker container top, docker container stats, docker container port, docker container diff, docker container start, docker container stop, docker container restart, docker container kill, docker container pause, docker container unpause, docker container wait, docker container rename, docker container update, docker container rm, docker container prune, docker container attach, docker container commit, docker container exists, docker container cleanup, docker container init, docker container mount, docker container umount, docker container clone, docker container checkpoint, docker container restore, docker container runlabel, docker image ls, docker image list, docker image inspect, docker image history, docker image rm, docker image prune, docker image tag, docker image exists, docker image tree, docker image diff, docker image mount, docker image unmount, docker image untag, docker volume ls, docker volume list, docker volume inspect, docker volume rm, docker volume prune, docker volume update, docker volume exists, docker volume mount, docker volume unmount, docker volume reload, docker network ls, docker network list, docker network inspect, docker network create, docker network rm, docker network prune, docker network connect, docker network disconnect, docker network exists, docker network reload, docker network update, docker system df, docker system info, docker system events, docker system prune, docker system dial-stdio, docker system connection, docker system migrate, docker system renumber, docker system reset, docker builder prune, docker buildx ls, docker buildx inspect, docker buildx rm, docker buildx use, docker buildx stop, docker buildx prune, docker buildx du, docker buildx version, docker buildx history, docker buildx imagetools, docker buildx install, docker buildx uninstall, docker buildx dial-stdio, docker context ls, docker context list, docker context show, docker context inspect, docker context rm, docker context use, docker secret ls, docker secret inspect, docker secret rm, docker config ls, docker config inspect, docker config rm, docker node ls, docker node inspect, docker node ps, docker node rm, docker node promote, docker node demote, docker node update, docker pod ls, docker pod list, docker pod ps, docker pod inspect, docker pod create, docker pod rm, docker pod start, docker pod stop, docker pod restart, docker pod kill, docker pod pause, docker pod unpause, docker pod prune, docker pod stats, docker pod top, docker pod logs, docker pod exists, docker pod clone, docker plugin ls, docker plugin inspect, docker plugin disable, docker plugin enable, docker plugin rm, docker plugin set
          any-option: yes
          operands: any

        docker context create, docker context update, docker context export, docker context import
          any-option: plain
          option: --docker --description --from inert
          operands: inert plain...
          always: opaque:host

        docker volume create
          any-option: plain
          option: -o --opt opaque:arguments
          operands: any

        docker buildx create
          any-option: plain
          option: --config read
          operands: plain...

        docker plugin install
          always: opaque:arguments

        docker secret create, docker config create
          any-option: plain
          operands: inert read

        docker pull, docker image pull
          any-option: plain
          operands: docker-image...

        docker push, docker image push, docker manifest create, docker manifest annotate, docker manifest push, docker manifest inspect, docker manifest rm, docker manifest add, docker manifest exists, docker manifest remove, docker plugin upgrade, docker plugin push, docker plugin create, docker trust sign, docker trust revoke, docker trust inspect, docker trust key, docker trust signer, docker scout cves, docker scout quickview, docker scout recommendations, docker scout compare, docker scout sbom, docker scout policy, docker scout enroll, docker scout cache
          any-option: plain
          option: -u --username -p --password -f --filter --format --limit inert
          option: --authfile --cert-dir --sign-by plain
          operands: docker-image...

        docker login, docker logout
          any-option: plain
          option: -u --username -p --password inert
          operands: host
          default: host registry-1.docker.io

        docker search
          any-option: plain
          operands: any
          always: url https://registry-1.docker.io

        docker save, docker image save
          any-option: plain
          option: -o --output write
          option: --format --platform inert
          operands: any

        docker export, docker container export
          any-option: plain
          option: -o --output write
          operands: any

        docker load, docker image load
          any-option: plain
          option: -i --input read
          operands: read

        docker import, docker image import
          any-option: plain
          option: -c --change -m --message --platform inert
          operands: plain...

        docker compose cp
          any-option: plain
          operands: container-path container-path-write
          always: project

        docker cp, docker container cp
          any-option: plain
          operands: container-path container-path-write

        docker swarm init, docker swarm join, docker swarm leave, docker swarm update, docker swarm ca, docker swarm join-token, docker swarm unlock, docker swarm unlock-key, docker machine create, docker machine ls, docker machine start, docker machine stop, docker machine ssh, docker machine rm, docker machine env, docker machine scp, docker machine inspect, docker machine ip, docker machine init, docker machine list, docker machine set, docker machine os
          any-option: plain
          operands: plain...
          always: opaque:host

        docker service create, docker service update, docker service ls, docker service ps, docker service inspect, docker service logs, docker service rm, docker service scale, docker service rollback
          any-option: plain
          option: --mount docker-mount
          option: --name -e --env -p --publish --replicas --network --constraint --label -u --user -w --workdir --mode --limit-memory --image inert
          operands: any

        docker stack deploy, docker stack up, docker stack down, docker stack ls, docker stack ps, docker stack rm, docker stack services, docker stack config, docker play kube, docker kube play, docker kube down, docker kube apply, docker kube generate, docker generate kube, docker generate systemd, docker generate spec
          any-option: plain
          option: -c --compose-file -f --file code-file
          operands: plain...
          always: project

        docker-compose, podman-compose
          any-option: plain
          option: -f --file code-file
          option: --project-directory directory
          option: --env-file read
          option: -p --project-name --profile --ansi --progress --parallel inert
          option: -H --host docker-host
          subcommands: yes
          same-as: docker compose
          unknown: project

        docker compose up, docker compose down, docker compose build, docker compose start, docker compose stop, docker compose restart, docker compose ps, docker compose logs, docker compose pull, docker compose push, docker compose config, docker compose convert, docker compose create, docker compose kill, docker compose pause, docker compose unpause, docker compose rm, docker compose top, docker compose events, docker compose images, docker compose port, docker compose ls, docker compose version, docker compose watch, docker compose wait, docker compose attach, docker compose stats, docker compose scale, docker compose publish, docker compose export, docker compose commit, docker compose volumes, docker compose bridge, docker compose alpha, docker compose exec, docker compose run, docker compose systemd
          any-option: plain
          option: -v --volume docker-volume
          option: --env-file read
          option: -o --output write
          option: --entrypoint -e --env -w --workdir -u --user --name -p --publish -l --label -t --timeout --scale --index -n --tail --since --until --format --pull --profile inert
          operands: any
          always: project

        buildah, skopeo, crane, oras, regctl, img, kaniko, dive, ctr, crictl, lxc, lxd, incus, toolbox, distrobox, apptainer, singularity, charliecloud, enroot, umoci, runc, crun, youki, kata-runtime, firecracker, buildctl, nixpacks, pack, ko-build, s2i, docker-slim, slim, lazydocker, ctop, colima, lima, limactl, orb, orbctl, finch, rdctl, multipass, devcontainer, devpod, gitpod, coder, tilt, skaffold, garden, okteto, telepresence, devspace, draft, earthly, dagger, werf, kompose
          any-option: plain
          option: -v --volume docker-volume
          option: --mount --bind -B docker-mount
          option: -f --file plain
          operands: plain...
          always: project ; opaque:host

        hadolint, dockerfilelint, dockle, container-structure-test
          any-option: plain
          option: -c --config read
          operands: read...

        # Configured clusters: nobody here knows which.
        kubectl, oc, k, microk8s
          same-as: kubectl
          any-option: plain
          inherit: yes
          option: --kubeconfig read
          option: -s --server --cluster-server url
          option: --client-certificate --client-key --certificate-authority read
          option: --token --username --password --as --as-group --as-uid --cluster --context --user -n --namespace --request-timeout -v --v --profile --output -l --selector --field-selector --type --image --replicas --port --target-port --name --container -c --timeout --grace-period --sort-by --template --tail --since --since-time --for --subresource --field-manager --dry-run --cascade --revision --to-revision --limits --requests --env --labels --annotations --restart --overrides --duration --api-group --verbs --api-version --min --max --cpu-percent --clusterrole --role --serviceaccount --group inert
          option: --cache-dir --profile-output write
          subcommands: yes
          always: opaque:host

        kubectl get, kubectl describe, kubectl logs, kubectl log, kubectl top, kubectl explain, kubectl api-resources, kubectl api-versions, kubectl cluster-info, kubectl version, kubectl auth, kubectl rollout, kubectl scale, kubectl autoscale, kubectl label, kubectl annotate, kubectl expose, kubectl delete, kubectl drain, kubectl cordon, kubectl uncordon, kubectl taint, kubectl wait, kubectl events, kubectl certificate, kubectl options, kubectl completion, kubectl alpha, kubectl attach, kubectl plugin, kubectl whoami, kubectl project, kubectl projects, kubectl status, kubectl new-project, kubectl adm, kubectl policy, kubectl tag, kubectl import-image, kubectl process, kubectl secrets, kubectl login, kubectl logout, kubectl new-app, kubectl start-build
          option: -f --filename -k --kustomize plain
          operands: any

        kubectl apply, kubectl create, kubectl replace, kubectl patch, kubectl diff, kubectl set, kubectl run, kubectl edit, kubectl kustomize, kubectl convert
          option: -f --filename -k --kustomize --patch-file plain
          option: --from-file --from-env-file kubernetes-file
          option: --cert --key plain
          operands: plain...

        # Inside the cluster; what is read there are its secrets.
        kubectl exec, kubectl debug, kubectl rsh
          flags: -i -t -it -ti -q --stdin --tty --quiet
          stops: yes
          handler: container-exec

        kubectl cp, kubectl rsync
          operands: container-path container-path-write

        # Opens the cluster to this machine's neighbours, or this machine's files to the cluster.
        kubectl proxy, kubectl port-forward
          option: -w --www read-tree
          option: --address --www-prefix --accept-hosts --api-prefix -u --unix-socket inert
          operands: any

        kubectl config
          subcommands: yes
          unknown: write ~/.kube/config

        kubectl config view, kubectl config get-contexts, kubectl config current-context, kubectl config get-clusters, kubectl config get-users
          flags: --raw --minify --flatten
          operands: any
          always: read ~/.kube/config

        kubectl config set, kubectl config use-context, kubectl config use, kubectl config set-cluster, kubectl config set-context, kubectl config set-credentials, kubectl config unset, kubectl config delete-cluster, kubectl config delete-context, kubectl config delete-user, kubectl config rename-context
          option: --embed-certs inert
          operands: any
          always: write ~/.kube/config

        helm lint, helm create, helm version, helm env, helm completion, helm package
          option: -f --values --kubeconfig -d --destination --starter plain
          option: --set --set-string -n --namespace --version --app-version inert
          flag: -u --dependency-update ; opaque:host
          flag: --sign ; opaque:arguments
          any-option: plain
          operands: plain...
          always: project

        kustomize
          subcommands: yes

        kustomize build, kustomize create, kustomize edit, kustomize version, kustomize localize
          option: -o --output write
          option: --load-restrictor -e --env inert
          flag: --enable-helm --enable-exec --enable-alpha-plugins ; opaque:code
          option: --helm-command program
          any-option: plain
          operands: plain...
          always: project

        tflint, terraform-docs
          flag: --init ; url https://github.com
          option: -c --config read
          option: --output-file write
          option: --chdir directory
          option: -f --format --var --only --enable-rule --disable-rule --minimum-failure-severity --sort-by inert
          any-option: plain
          operands: plain...
          always: project

        helm, helmfile, minikube, kind, k3d, k9s, stern, kubectx, kubens, kubeadm, kops, eksctl, istioctl, linkerd, flux, argocd, argo, velero, tkn, crossplane, cmctl, kubeseal, kubeval, kubeconform, kube-linter, kubescape, kube-score, popeye, polaris, pluto, kubent, krew, kubectl-krew, cilium, hubble, calicoctl, rancher, rke, talosctl, clusterctl, kapp, ytt, vcluster, octant, lens, oc-mirror, operator-sdk, kubebuilder, controller-gen, conftest, opa, rego, kyverno, dapr, knative, kn, fission, openfaas, faas-cli, func, odo, okd, crc
          subcommands: some
          any-option: plain
          option: -f --values --filename --file --kubeconfig -c --config plain
          option: --set --set-string --version -n --namespace --kube-context --name -r --revision --timeout --profile --driver inert
          option: --post-renderer program
          option: --repo url
          operands: plain...
          always: opaque:host ; project

        # By service; each region has hosts of its own below the same domain.
        aws, aws2, awslocal, s3cmd, s4cmd, s5cmd, eb, sam, cdk, cdklocal, ecs-cli, chalice, amplify, zappa, saml2aws, aws-vault, awsume, aws-sso, session-manager-plugin
          any-option: aws-argument
          option: --endpoint-url url
          option: --ca-bundle read
          option: --profile --region --output --query --page-size --max-items --color --cli-read-timeout --cli-connect-timeout --cli-binary-format inert
          operands: aws-argument...
          always: url https://amazonaws.com

        gcloud, gsutil, bq, cbt, firebase, gcsfuse, docker-credential-gcloud, cloud_sql_proxy, cloud-sql-proxy, clasp, gam
          any-option: aws-argument
          option: --impersonate-service-account --project --zone --region --format --filter --account --configuration inert
          operands: aws-argument...
          always: url https://googleapis.com

        az, azcopy, azd, swa, bicep, azure
          any-option: aws-argument
          option: --query -o --output -g --resource-group -n --name -l --location --subscription inert
          operands: aws-argument...
          always: url https://management.azure.com

        terraform, tofu, terragrunt, pulumi, cdktf, packer, terramate, atlantis, infracost, tfenv, tfswitch, terraformer, driftctl, nomad-pack, cdk8s, spacectl, env0
          subcommands: some
          style: single
          any-option: plain
          option: -chdir -C --cwd directory
          option: -out --out -state -state-out -backup --file -o plain
          option: -var-file --var-file --backend-config -backend-config -from-module -plugin-dir -lock-file plain
          option: -var --var -target --target -parallelism -lock-timeout -lock -refresh -replace -input -s --stack -m --message inert
          operands: plain...
          always: project ; opaque:host

        terraform fmt, tofu fmt
          any-option: plain
          flags: -check -diff -recursive -list -write
          operands: modify-tree...
          default: write-tree .

        terraform validate, terraform version, terraform output, terraform show, terraform graph, terraform providers, terraform console, terraform workspace, terraform get, tofu validate, tofu version, tofu output, tofu show, tofu graph, tofu providers, tofu console, tofu workspace, tofu get
          any-option: plain
          operands: plain...
          always: project

        ansible, ansible-playbook, ansible-console, ansible-pull, ansible-inventory, ansible-doc, ansible-config, ansible-runner, ansible-navigator, salt, salt-call, salt-ssh, salt-key, bolt, mgmt, cdist, pyinfra, rex, itamae, cf-agent
          any-option: plain
          option: -i --inventory plain
          option: -m --module-name inert
          option: -a --args shell
          option: -e --extra-vars plain
          option: --vault-password-file --vault-id --private-key --key-file code-file
          option: -M --module-path --playbook-dir code-file
          option: -U --url -d --directory plain
          option: -u --user -f --forks -t --tags --skip-tags -l --limit -c --connection --start-at-task --become-method --become-user -T --timeout inert
          operands: plain...
          always: project ; opaque:host

        ansible-vault
          any-option: plain
          option: --vault-password-file --vault-id --new-vault-password-file --output code-file
          operands: inert modify...

        ansible-galaxy
          any-option: plain
          option: -r --role-file --requirements-file read
          option: -p --roles-path --collections-path --init-path write-tree
          option: -s --server url
          operands: plain...
          always: url https://galaxy.ansible.com ; project

        vagrant
          subcommands: some
          any-option: plain
          operands: plain...
          always: project ; opaque:host

        vagrant ssh
          option: -c --command inert
          operands: any

        heroku
          any-option: plain
          option: -a --app -r --remote inert
          operands: plain...
          always: url https://api.heroku.com

        fly, flyctl
          any-option: plain
          operands: plain...
          always: url https://api.fly.io ; project

        vercel, now, vc
          any-option: plain
          option: --cwd directory
          operands: plain...
          always: url https://api.vercel.com ; project

        netlify, ntl
          any-option: plain
          option: -d --dir read-tree
          operands: plain...
          always: url https://api.netlify.com ; project

        # A local server unless it deploys.
        wrangler
          any-option: plain
          inherit: yes
          option: -c --config code-file
          option: --cwd directory
          option: --outdir --persist-to write-tree
          option: --env-file read
          option: -e --env --port --ip --name --compatibility-date --compatibility-flags --local-protocol --host --var --define inert
          subcommands: yes
          unknown: url https://api.cloudflare.com

        wrangler dev, wrangler types, wrangler build, wrangler check, wrangler docs, wrangler init, wrangler generate, wrangler telemetry, wrangler help
          any-option: plain
          operands: plain...
          always: project

        wrangler pages
          any-option: plain
          subcommands: yes
          unknown: url https://api.cloudflare.com

        wrangler pages dev, wrangler pages functions
          any-option: plain
          operands: plain...
          always: project

        wrangler deploy, wrangler publish, wrangler tail, wrangler kv, wrangler r2, wrangler d1, wrangler secret, wrangler queues, wrangler login, wrangler logout, wrangler whoami, wrangler rollback, wrangler versions, wrangler deployments, wrangler delete, wrangler vectorize, wrangler hyperdrive, wrangler ai, wrangler workflows, wrangler pipelines, wrangler cert, wrangler dispatch-namespace, wrangler containers, wrangler secrets-store, wrangler pages deploy, wrangler pages publish, wrangler pages project, wrangler pages deployment, wrangler pages secret, wrangler pages download
          any-option: plain
          option: --file --path plain
          operands: plain...
          always: url https://api.cloudflare.com ; project

        doctl
          any-option: plain
          operands: plain...
          always: url https://api.digitalocean.com

        railway, render, northflank, koyeb, scw, linode-cli, hcloud, vultr-cli, civo, exo, ibmcloud, oci, aliyun, tccli, upctl, openstack, nova, glance, cf, dokku, dokploy, caprover, surge, supabase, neonctl, neon, planetscale, pscale, turso, upstash, convex, appwrite, nhost, hasura, fauna, mongocli, atlas, stripe, twilio, ngrok, cloudflared, localtunnel, lt, tailscale, zerotier-cli, serveo, bore, frpc, expose, devtunnel, sst, serverless, sls, apex, architect, arc, edgio, zeit, deployctl, modal, replicate, runpodctl, vastai, together, anyscale, banana, cerebrium, fastly, akamai, bunny, datadog-ci, newrelic, honeycomb, pagerduty, opsgenie, auth0, okta, clerk, slack, discord, linear-cli, notion, airtable, contentful-cli, shopify-cli, mailchimp, sendgrid, algolia, elastic, confluent, ccloud, kafka-topics, snowsql, databricks, dbx, astro-cli, ory, temporal, tctl, circleci, travis-ci, buildkite-agent, bk, drone, woodpecker-cli, teamcity, jenkins-cli, jfrog, jf, nexus, gitlab-runner, actions-runner, spin, fermyon, wash, wasmcloud
          any-option: plain
          option: -f --file -c --config plain
          operands: plain...
          always: opaque:host

        # Credentials.
        ecr-login, docker-credential-osxkeychain, docker-credential-pass, docker-credential-secretservice, docker-credential-desktop, docker-credential-ecr-login, docker-credential-gcr
          any-option: plain
          operands: any
          always: read ~/.docker/config.json
        """#
}
