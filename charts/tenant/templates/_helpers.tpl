{{/* Labels that select the pods; never change them, a Deployment's selector is immutable. */}}
{{- define "tenant.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.service.name | quote }}
app.kubernetes.io/instance: {{ .Values.tenant.name | quote }}
{{- end }}

{{/* Labels of every object. Values are quoted: a tenant may be called "y". */}}
{{- define "tenant.labels" -}}
{{ include "tenant.selectorLabels" . }}
app.kubernetes.io/version: {{ .Values.image.tag | trunc 63 | trimAll "-_." | quote }}
app.kubernetes.io/part-of: tenant-platform
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
backstage.io/kubernetes-id: {{ .Values.service.name | quote }}
tenant-releases.io/tenant: {{ .Values.tenant.name | quote }}
tenant-releases.io/service: {{ .Values.service.name | quote }}
{{- end }}

{{/* Number of pods: the file's own, else the tier's. */}}
{{- define "tenant.replicas" -}}
{{- $tiers := .Files.Get "tiers.yaml" | fromYaml -}}
{{- $tier := get $tiers .Values.tenant.tier -}}
{{- .Values.replicas | default $tier.replicas | int -}}
{{- end }}

{{/*
The namespace of every object: where the release goes, which has to be the tenant's own. A file that names another tenant
is refused; else the objects of this tenant would be pruned in favour of the other's.
*/}}
{{- define "tenant.namespace" -}}
{{- if ne .Values.tenant.name .Release.Namespace -}}
{{- fail (printf "tenant.name: is %q, but the release goes to the namespace %q; they must be the same" .Values.tenant.name .Release.Namespace) -}}
{{- end -}}
{{- .Values.tenant.name | quote -}}
{{- end }}
