/** A number as a share of the largest one beside it; the number itself is shown as text next to it. */
export function Meter({ share }: { share: number }) {
  return (
    <div aria-hidden="true" className="h-2 min-w-16 flex-1 rounded-sm bg-sunken">
      <div
        className="h-full rounded-sm bg-accent"
        style={{ width: `${Math.max(Math.min(share, 1) * 100, share > 0 ? 1 : 0)}%` }}
      />
    </div>
  );
}
