{{/* Labels that select the pods; never change them, a Deployment's selector is immutable. */}}
{{- define "tenant.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.service.name | quote }}
app.kubernetes.io/instance: {{ .Values.tenant.name | quote }}
{{- end }}

{{/* Labels of every object. Values are quoted: a tenant may be called "y". */}}
{{- define "tenant.labels" -}}
{{ include "tenant.selectorLabels" . }}
app.kubernetes.io/version: {{ include "tenant.version" . | trunc 63 | trimAll "-_." | quote }}
app.kubernetes.io/part-of: tenant-platform
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
backstage.io/kubernetes-id: {{ .Values.service.name | quote }}
tenant-releases.io/tenant: {{ .Values.tenant.name | quote }}
tenant-releases.io/service: {{ .Values.service.name | quote }}
{{- end }}

{{/*
Name, namespace and labels of an object. The namespace is where the release goes, which has to be the tenant's own: a file that
names another tenant is refused; else the objects of this tenant would be pruned in favour of the other's.
*/}}
{{- define "tenant.metadata" -}}
{{- if ne .Values.tenant.name .Release.Namespace -}}
{{- fail (printf "tenant.name: is %q, but the release goes to the namespace %q; they must be the same" .Values.tenant.name .Release.Namespace) -}}
{{- end -}}
{{- include "tenant.guard" . -}}
name: {{ .Values.service.name | quote }}
namespace: {{ .Values.tenant.name | quote }}
labels:
  {{- include "tenant.labels" . | nindent 2 }}
{{- end }}

{{/* What the platform lays down (platform.yaml) and what the tenant's tier gives (tiers.yaml), as YAML. */}}
{{- define "tenant.platform" -}}
{{- .Files.Get "platform.yaml" -}}
{{- end }}
{{- define "tenant.tier" -}}
{{- get (.Files.Get "tiers.yaml" | fromYaml) .Values.tenant.tier | toYaml -}}
{{- end }}

{{/* Number of pods without an autoscaler: the file's own, which may be 0, else the tier's. */}}
{{- define "tenant.replicas" -}}
{{- $tier := include "tenant.tier" . | fromYaml -}}
{{- ternary $tier.replicas .Values.replicas (kindIs "invalid" .Values.replicas) | int -}}
{{- end }}

{{/* Set while the number of pods follows the load. A file that scales to zero turns the autoscaler off, as Kubernetes does. */}}
{{- define "tenant.isAutoscaled" -}}
{{- if and .Values.autoscaling.enabled (ne (include "tenant.replicas" .) "0") -}}yes{{- end -}}
{{- end }}

{{/* The fewest and the most pods that run, besides those of a rolling update. */}}
{{- define "tenant.fewestPods" -}}
{{- if include "tenant.isAutoscaled" . -}}{{ .Values.autoscaling.minReplicas | int }}{{- else -}}{{ include "tenant.replicas" . }}{{- end -}}
{{- end }}
{{- define "tenant.mostPods" -}}
{{- if include "tenant.isAutoscaled" . -}}{{ .Values.autoscaling.maxReplicas | int }}{{- else -}}{{ include "tenant.replicas" . }}{{- end -}}
{{- end }}

{{/* The tag without the digest that may stand behind it. */}}
{{- define "tenant.version" -}}
{{- splitList "@" .Values.image.tag | first -}}
{{- end }}

{{/* repository:tag, or repository:tag@sha256:... when the file pins the content. */}}
{{- define "tenant.image" -}}
{{- printf "%s:%s" .Values.image.repository .Values.image.tag -}}
{{- with .Values.image.digest -}}{{ printf "@%s" (splitList "@" . | last) }}{{- end -}}
{{- end }}

{{/* Name of the Secret that the External Secrets operator fills. */}}
{{- define "tenant.secretName" -}}
{{- printf "%s-secrets" .Values.service.name -}}
{{- end }}

{{/* The host of the Ingress: the file's, else the tenant's own below the platform's first domain. */}}
{{- define "tenant.host" -}}
{{- $platform := include "tenant.platform" . | fromYaml -}}
{{- .Values.ingress.host | default (printf "%s.%s" .Values.tenant.name (first $platform.ingress.domains)) -}}
{{- end }}
