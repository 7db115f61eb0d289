interface ProgressProps {
  label: string;
  value: number;
  of: number;
}

/** Progress towards a known end. */
export function Progress({ label, value, of }: ProgressProps) {
  const share = of === 0 ? 1 : value / of;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={of}
      aria-valuenow={value}
      className="h-1 overflow-hidden rounded-full bg-sunken"
    >
      <div
        className="h-full origin-left bg-accent transition-transform"
        style={{ transform: `scaleX(${share})` }}
      />
    </div>
  );
}
