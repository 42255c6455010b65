{{/*
What the schema cannot say because it takes two keys, or the platform's rules, to say it. Every problem is one line that names
its key and the cure; all of them are told at once.
*/}}
{{- define "tenant.guard" -}}
{{- $problems := include "tenant.guard.defaults" . | trim -}}
{{- if not $problems -}}
{{- range list "resources" "pods" "quota" "image" "secrets" "ingress" -}}
{{- $problems = printf "%s\n%s" $problems (include (printf "tenant.guard.%s" .) $ | trim) | trim -}}
{{- end -}}
{{- end -}}
{{- with $problems -}}
{{- fail (printf "the tenant file cannot be used:\n%s" (regexReplaceAll "\\s*\n\\s*" . "\n")) -}}
{{- end -}}
{{- end }}

{{/* A key that is null takes its default away, instead of taking it. */}}
{{- define "tenant.guard.defaults" -}}
{{- range list
  "service.name" "logLevel"
  "resources.requests.cpu" "resources.requests.memory" "resources.requests.ephemeral-storage"
  "resources.limits.cpu" "resources.limits.memory" "resources.limits.ephemeral-storage"
  "autoscaling.enabled" "autoscaling.minReplicas" "autoscaling.maxReplicas" "autoscaling.targetCPUUtilizationPercentage"
  "verticalAutoscaling.enabled" "verticalAutoscaling.mode" "podDisruptionBudget.enabled" "podDisruptionBudget.maxUnavailable"
  "metrics.scrape" "metrics.interval"
  "externalSecret.enabled" "externalSecret.store.name" "externalSecret.store.kind" "externalSecret.refreshInterval"
  "externalSecret.variables" "ingress.enabled" "ingress.className" "ingress.tls.enabled"
-}}
{{- $path := . -}}
{{- $node := $.Values -}}
{{- $missing := false -}}
{{- range splitList "." $path -}}
{{- if not $missing -}}
{{- $missing = or (not (kindIs "map" $node)) (not (hasKey $node .)) -}}
{{- if not $missing -}}{{- $node = get $node . -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- if $missing }}
{{ $path }}: is null; leave the key out to take its default
{{- end -}}
{{- end -}}
{{- end }}

{{/* One container: no request above its limit, and both within the platform's bounds (the LimitRange of the fence). */}}
{{- define "tenant.guard.resources" -}}
{{- $container := (include "tenant.platform" . | fromYaml).container -}}
{{- $resources := .Values.resources -}}
{{- range list "cpu" "memory" "ephemeral-storage" -}}
{{- $request := get $resources.requests . -}}
{{- $limit := get $resources.limits . -}}
{{- $most := include "quantity.number" (list . $limit) | int64 -}}
{{- if gt (include "quantity.number" (list . $request) | int64) $most }}
resources.requests.{{ . }}: {{ $request }} is more than resources.limits.{{ . }} ({{ $limit }}); lower the one or raise the other
{{- end -}}
{{- if lt (include "quantity.number" (list . $request) | int64) (include "quantity.number" (list . (get $container.min .)) | int64) }}
resources.requests.{{ . }}: {{ $request }} is less than one container may ask for; set at least {{ get $container.min . }}
{{- end -}}
{{- if gt $most (include "quantity.number" (list . (get $container.max .)) | int64) }}
resources.limits.{{ . }}: {{ $limit }} is more than one container may have; set at most {{ get $container.max . }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The number of pods, and who sets it. */}}
{{- define "tenant.guard.pods" -}}
{{- with .Values.autoscaling -}}
{{- if and .enabled $.Values.replicas }}
replicas: the autoscaler sets the number of pods; leave the key out or set autoscaling.enabled to false
{{- end -}}
{{- if gt (int .minReplicas) (int .maxReplicas) }}
autoscaling.minReplicas: {{ .minReplicas }} is more than autoscaling.maxReplicas ({{ .maxReplicas }}); lower the one or raise the other
{{- end -}}
{{- end -}}
{{- $fewest := include "tenant.fewestPods" . | int -}}
{{- with .Values.podDisruptionBudget -}}
{{- if and .enabled (gt $fewest 1) (ge (int .maxUnavailable) $fewest) }}
podDisruptionBudget.maxUnavailable: {{ .maxUnavailable }} would let a drain take all of the {{ $fewest }} pods at once; set at most {{ sub $fewest 1 }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* All pods together, and one more during a rolling update: within the tier's quota. */}}
{{- define "tenant.guard.quota" -}}
{{- $tier := .Values.tenant.tier -}}
{{- $quota := (include "tenant.tier" . | fromYaml).quota -}}
{{- $most := include "tenant.mostPods" . | int64 -}}
{{- $pods := add1 $most -}}
{{- $key := ternary "autoscaling.maxReplicas" "replicas" (eq (include "tenant.isAutoscaled" .) "yes") -}}
{{- $resources := .Values.resources -}}
{{- if gt $pods (int64 $quota.pods) }}
{{ $key }}: {{ $most }} pods, and one more during a rolling update, are more than the {{ $quota.pods }} of tier {{ $tier }}; set at most {{ sub (int64 $quota.pods) 1 }}, or choose a higher tenant.tier
{{- else -}}
{{- range $kind := list "requests" "limits" -}}
{{- range list "cpu" "memory" "ephemeral-storage" -}}
{{- $amount := get (get $resources $kind) . -}}
{{- $share := get $quota (printf "%s.%s" $kind .) -}}
{{- $all := include "quantity.number" (list . $share) | int64 -}}
{{- if gt (mul (include "quantity.number" (list . $amount) | int64) $pods) $all }}
resources.{{ $kind }}.{{ . }}: {{ $amount }} for each of {{ $most }} pods, and one more during a rolling update, is more than the {{ $share }} of tier {{ $tier }}; set at most {{ include "quantity.text" (list . (div $all $pods)) }}, fewer {{ $key }}, or a higher tenant.tier
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* A digest that says its tag belongs to that tag only. */}}
{{- define "tenant.guard.image" -}}
{{- with .Values.image.digest -}}
{{- $parts := splitList "@" . -}}
{{- $version := include "tenant.version" $ -}}
{{- if ne $version $.Values.image.tag }}
image.digest: stands beside image.tag with a digest of its own; keep one of them
{{- else if and (eq (len $parts) 2) (ne (first $parts) $version) }}
image.digest: belongs to the tag {{ first $parts }}, but image.tag is {{ $version }}; set the digest of that tag or take the key away
{{- end -}}
{{- end -}}
{{- end }}

{{/* Variables that a secret must not replace: what the chart sets, the image brings, or the loader and Node.js obey. */}}
{{- define "tenant.guard.secrets" -}}
{{- with .Values.externalSecret -}}
{{- if and .enabled (not .variables) }}
externalSecret.variables: is empty; name at least one variable or set externalSecret.enabled to false
{{- end -}}
{{- range $variable, $from := .variables -}}
{{- if or (has $variable (list "TENANT" "POD_NAME" "LOG_LEVEL" "PORT" "HOST" "VERSION" "COMMIT" "PATH" "HOSTNAME")) (regexMatch "^(LD_|NODE_|KUBERNETES_)" $variable) }}
externalSecret.variables.{{ $variable }}: the name is taken by the platform; choose another
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The host is the tenant's own, below a domain of the platform. */}}
{{- define "tenant.guard.ingress" -}}
{{- $rules := (include "tenant.platform" . | fromYaml).ingress -}}
{{- with .Values.ingress -}}
{{- if .enabled -}}
{{- if not (has .className $rules.classes) }}
ingress.className: {{ .className }} is not served here; choose one of {{ join ", " $rules.classes }}
{{- end -}}
{{- $hosts := list -}}
{{- range $rules.domains -}}{{- $hosts = append $hosts (printf "%s.%s" $.Values.tenant.name .) -}}{{- end -}}
{{- $host := include "tenant.host" $ -}}
{{- if not (has $host $hosts) }}
ingress.host: {{ $host }} is not this tenant's; choose {{ join " or " $hosts }}, or leave the key out
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
