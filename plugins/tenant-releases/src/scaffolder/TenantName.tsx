import TextField from '@material-ui/core/TextField';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { RiCheckLine, RiCloseLine, RiQuestionLine } from '@remixicon/react';
import { stateColour } from '../theme/stateAppearance';
import type { NameCheck } from './checkTenantName';
import { type TenantNameProps, defaultService } from './fieldSchemas';
import { NamedAfter } from './NamedAfter';
import { useKeptInput } from './useKeptInput';
import { useNameCheck } from './useNameCheck';

const useStyles = makeStyles(
  {
    root: { display: 'flex', flexDirection: 'column', gap: 8, width: '100%' },
    check: {
      display: 'flex',
      alignItems: 'flex-start',
      gap: 4,
      minHeight: 20,
      lineHeight: 1.4,
      '& svg': { flexShrink: 0 },
    },
  },
  { name: 'TenantReleasesTenantName' },
);

const looks = {
  free: { icon: RiCheckLine, state: 'in-sync' },
  refused: { icon: RiCloseLine, state: 'degraded' },
  unchecked: { icon: RiQuestionLine, state: 'unknown' },
} as const;

function CheckResult({ name, check }: { name: string; check?: NameCheck }) {
  const classes = useStyles();
  const theme = useTheme();
  if (!check) return <>{name && 'Looking whether it is free…'}</>;
  const { icon: Icon, state } = looks[check.kind];
  return (
    <span className={classes.check} style={{ color: stateColour(state, theme) }}>
      <Icon size={16} aria-hidden />
      {check.kind === 'free' ? `${name} is free` : `The name ${check.reason}`}
    </span>
  );
}

/** A tenant's name, checked as it is typed, with what will be named after it. */
export function TenantName(props: TenantNameProps) {
  const {
    formData = '',
    onChange,
    schema,
    uiSchema,
    required,
    disabled,
    rawErrors = [],
    idSchema,
  } = props;
  const classes = useStyles();
  useKeptInput(props.formContext?.formData);
  const service = uiSchema['ui:options']?.service ?? defaultService;
  const check = useNameCheck(formData, service);
  const refused = check?.kind === 'refused';
  const helpId = `${idSchema.$id}-check`;
  return (
    <div className={classes.root}>
      <TextField
        id={idSchema.$id}
        label={uiSchema['ui:title'] ?? schema.title ?? 'Name'}
        value={formData}
        required={required}
        disabled={disabled}
        fullWidth
        margin="normal"
        FormHelperTextProps={{ margin: 'dense', style: { marginLeft: 0 } }}
        error={refused || (rawErrors.length > 0 && check?.kind !== 'free')}
        inputProps={{
          autoFocus: uiSchema['ui:autofocus'],
          maxLength: 64,
          spellCheck: false,
          autoComplete: 'off',
          'aria-describedby': helpId,
        }}
        helperText={uiSchema['ui:description'] ?? schema.description}
        onChange={event => onChange(event.target.value || undefined)}
      />
      <div id={helpId} role="status" className={classes.check}>
        <CheckResult name={formData} check={check} />
      </div>
      {formData && !refused && <NamedAfter tenant={formData} />}
    </div>
  );
}
