{{/* Labels of every object of the fence. Values are quoted: a tenant may be called "y". */}}
{{- define "fence.labels" -}}
app.kubernetes.io/name: tenant-fence
app.kubernetes.io/instance: {{ .Values.tenant.name | quote }}
app.kubernetes.io/part-of: tenant-platform
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
tenant-releases.io/tenant: {{ .Values.tenant.name | quote }}
{{- end }}

{{/* Name, namespace and labels of an object inside the fence. */}}
{{- define "fence.metadata" -}}
name: {{ .name }}
namespace: {{ include "fence.namespace" .root }}
labels:
  {{- include "fence.labels" .root | nindent 2 }}
{{- end }}

{{/*
The namespace of every object: where the release goes, which has to be the tenant's own. A file that names another tenant
is refused; else the objects of this tenant would be pruned in favour of the other's.
*/}}
{{- define "fence.namespace" -}}
{{- if ne .Values.tenant.name .Release.Namespace -}}
{{- fail (printf "tenant.name: is %q, but the release goes to the namespace %q; they must be the same" .Values.tenant.name .Release.Namespace) -}}
{{- end -}}
{{- .Values.tenant.name | quote -}}
{{- end }}

{{/* What the platform lays down (platform.yaml), as YAML. */}}
{{- define "fence.platform" -}}
{{- .Files.Get "platform.yaml" -}}
{{- end }}

{{/*
The owner as a Kubernetes group: the entity group:default/tenant-a-owners is the group tenant-a-owners of the identity provider,
and one of another catalog namespace is <namespace>/<name>. Entity references know no capitals, groups do.
*/}}
{{- define "fence.group" -}}
{{- $prefix := (include "fence.platform" . | fromYaml).rbac.groupPrefix -}}
{{- printf "%s%s" $prefix (.Values.tenant.owner | lower | trimPrefix "group:" | trimPrefix "default/") -}}
{{- end }}
