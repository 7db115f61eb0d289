import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { messages } from '../messages.ts';

interface VendorLinkProps {
  to: string;
  /** Its accessible name, if the text alone does not say what the page is for. */
  label?: string;
  children: ReactNode;
}

/**
 * A link to a vendor's page in the system's browser. The desktop app opens only those in
 * `contract/vendor-links.ts`.
 */
export function VendorLink({ to, label, children }: VendorLinkProps) {
  return (
    <a
      href={to}
      aria-label={label}
      target="_blank"
      rel="noreferrer"
      title={messages.bench.start.opensBrowser(new URL(to).host)}
      className="inline-flex min-h-6 items-center gap-1 rounded-sm text-accent-strong underline underline-offset-2"
    >
      {children}
      <ExternalLink size={12} aria-hidden="true" className="shrink-0" />
    </a>
  );
}
