import type { ReactNode } from 'react';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { headingId, targetOf } from './documents.ts';

interface DocumentTextProps {
  text: string;
  names: readonly string[];
  onOpen: (document: string | null, heading: string) => void;
}

function plain(children: ReactNode): string {
  if (typeof children === 'string' || typeof children === 'number') return String(children);
  if (Array.isArray(children)) return children.map(plain).join('');
  if (typeof children === 'object' && children !== null && 'props' in children)
    return plain((children.props as { children?: ReactNode }).children);
  return '';
}

function Heading({ level, children }: { level: 2 | 3 | 4; children?: ReactNode }) {
  const Tag = `h${level}` as const;
  const size = level === 2 ? 'text-lg mt-5 mb-1.5' : 'mt-4 mb-1';
  return (
    <Tag id={`help-${headingId(plain(children))}`} className={`${size} scroll-mt-2 font-semibold`}>
      {children}
    </Tag>
  );
}

/** A link to another document opens it here; an address opens in the browser, or is shown where there is none. */
function DocumentLink({
  href = '',
  names,
  onOpen,
  children,
}: Omit<DocumentTextProps, 'text'> & { href?: string; children?: ReactNode }) {
  const target = targetOf(href, names);
  if (!target) return <span>{children}</span>;
  if ('address' in target) {
    // The desktop window opens no other page: what it would ask for is the browser's to ask.
    if (window.panel) return <span title={target.address}>{children}</span>;
    return (
      <a href={target.address} target="_blank" rel="noreferrer" className="text-accent underline">
        {children}
      </a>
    );
  }
  return (
    <button
      type="button"
      onClick={() => onOpen(target.document, target.heading)}
      className="text-accent underline"
    >
      {children}
    </button>
  );
}

/** A document as text: no HTML in it is taken, and no picture is loaded. */
export function DocumentText({ text, names, onOpen }: DocumentTextProps) {
  return (
    <div className="max-w-200 leading-5">
      <Markdown
        remarkPlugins={[remarkGfm]}
        skipHtml
        components={{
          h1: ({ children }) => <h1 className="mb-3 text-xl font-semibold">{children}</h1>,
          h2: ({ children }) => <Heading level={2}>{children}</Heading>,
          h3: ({ children }) => <Heading level={3}>{children}</Heading>,
          h4: ({ children }) => <Heading level={4}>{children}</Heading>,
          p: ({ children }) => <p className="my-2">{children}</p>,
          ul: ({ children }) => <ul className="my-2 list-disc pl-5">{children}</ul>,
          ol: ({ children }) => <ol className="my-2 list-decimal pl-5">{children}</ol>,
          li: ({ children }) => <li className="my-0.5">{children}</li>,
          img: ({ alt }) => <em>{alt}</em>,
          a: ({ href, children }) => (
            <DocumentLink href={href} names={names} onOpen={onOpen}>
              {children}
            </DocumentLink>
          ),
          code: ({ children }) => <code className="num rounded-sm bg-sunken px-1">{children}</code>,
          pre: ({ children }) => (
            <pre className="my-2 rounded-md border border-line bg-sunken px-2.5 py-2 break-words whitespace-pre-wrap">
              {children}
            </pre>
          ),
          table: ({ children }) => (
            <table className="my-3 w-full border-collapse text-sm [overflow-wrap:anywhere]">{children}</table>
          ),
          th: ({ children }) => (
            <th className="border border-line bg-panel px-2 py-1 text-left align-top font-medium">
              {children}
            </th>
          ),
          td: ({ children }) => <td className="border border-line px-2 py-1 align-top">{children}</td>,
        }}
      >
        {text}
      </Markdown>
    </div>
  );
}
