import { clsx } from 'clsx';

/** Why an action failed; nothing if there is no text. */
export function ErrorLine({
  text,
  className,
}: {
  text: string | null | undefined | false;
  className?: string;
}) {
  if (!text) return null;
  return (
    <span role="alert" className={clsx('block text-bad', className)}>
      {text}
    </span>
  );
}
