import TextField from '@material-ui/core/TextField';
import { useEffect } from 'react';
import { serverNow } from '../api/serverClock';
import { useVersions } from '../api/useReleases';
import { ErrorNotice } from '../components/common/ErrorNotice';
import { defaultVersion } from '../domain/defaultVersion';
import { newestKnown, versionOption } from '../domain/versionOption';
import type { TenantVersionProps } from './fieldSchemas';

/**
 * The version that a new tenant starts with: one that exists, what most tenants run healthily unless another is chosen.
 * Bad versions are shown and cannot be chosen.
 */
export function TenantVersion(props: TenantVersionProps) {
  const {
    formData,
    onChange,
    schema,
    uiSchema,
    required,
    disabled,
    rawErrors = [],
    idSchema,
  } = props;
  const { data, error, refetch } = useVersions();
  const best = defaultVersion(data ?? []);
  useEffect(() => {
    if (formData === undefined && best !== undefined) onChange(best);
  }, [formData, best, onChange]);
  const versions = data ?? [];
  const newest = newestKnown(versions);
  const chosen = versions.find(({ version }) => version === formData);
  const isStranger = formData !== undefined && data !== undefined && !chosen;
  const help = () => {
    if (data?.length === 0) return 'No version is known yet: the first release makes one.';
    if (chosen?.bad !== undefined) {
      return `${chosen.version} is on the list of bad versions: choose another.`;
    }
    if (isStranger) return `${formData} is not a version that a tenant has or had: choose another.`;
    if (data && best === undefined) {
      return 'No tenant runs a version healthily, so none is suggested: choose one.';
    }
    return uiSchema['ui:description'] ?? schema.description;
  };
  return (
    <div>
      <TextField
        id={idSchema.$id}
        select
        SelectProps={{ native: true }}
        InputLabelProps={{ shrink: true }}
        label={uiSchema['ui:title'] ?? schema.title ?? 'Version'}
        value={formData ?? ''}
        required={required}
        disabled={disabled || versions.length === 0}
        fullWidth
        margin="normal"
        // Why a field cannot be changed is to be read as well as the others.
        FormHelperTextProps={{ margin: 'dense', disabled: false, style: { marginLeft: 0 } }}
        error={rawErrors.length > 0 || chosen?.bad !== undefined || isStranger}
        helperText={help()}
        onChange={event => onChange(event.target.value || undefined)}
      >
        {formData === undefined && (
          <option value="">{data ? 'Choose a version' : 'Loading…'}</option>
        )}
        {formData !== undefined && !chosen && <option value={formData}>{formData}</option>}
        {versions.map(known => (
          <option key={known.version} value={known.version} disabled={known.bad !== undefined}>
            {versionOption(known, known.version === newest, serverNow())}
          </option>
        ))}
      </TextField>
      {error && !data && <ErrorNotice error={error} onRetry={refetch} />}
    </div>
  );
}
