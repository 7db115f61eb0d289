import { formatCount } from '../../ui/format.ts';
import type { CodedTexts } from '../core-texts.ts';
import { warnings } from './warnings.ts';

const n = formatCount;

const contents = {
  providers: 'プロバイダー',
  facts: 'モデル情報',
  presets: 'プリセット',
  packs: 'プロンプトパック',
};
/** A setting in a file. */
const inFile = (file: string, path: string | null) => (path === null ? file : `${file}(${path})`);
const successorText = (successor: string | null) =>
  successor === null ? '後継モデルは記録されていません。' : `後継モデルは${successor}です。`;
const keysSaved = {
  never: 'このファイルは変更されず、APIキーは保存できません。',
  once_readable: 'ファイルを読み取れるようになるまで、APIキーは保存できません。',
  copy: 'APIキーを保存するときに、このファイルのコピーを残します。',
};
const sessionOnly = 'パネルで保存したAPIキーは、このセッションの間だけ有効です。';
const meantText = (meant: string | null) => (meant === null ? '' : `${meant}の誤りではありませんか。`);

/** Warnings about files, variables and stored data. `problem` is one or more whole sentences. */
export const notices: CodedTexts['notice'] = {
  address_corrected: ({ file, setting, base, problem }) =>
    `${file === null ? '' : `${file}: `}${setting}は${base}として使用します。${problem}`,
  address_ignored: ({ variable, problem, base }) => `${variable}: ${problem}代わりに${base}を使用します。`,
  network_left_out: ({ setting, entry, problem }) => `${setting}の項目${n(entry)}を無視します。${problem}`,
  proxy_unusable: ({ variable }) =>
    `${variable}がHTTPまたはHTTPSのプロキシのアドレスではないため、このプロキシを通る呼び出しは送信しません。`,
  key_unusable: ({ problem }) => `${problem}このキーを使う呼び出しは送信しません。`,
  headers_ignored: ({ variable }) =>
    `${variable}は、ヘッダーの名前と値のJSONオブジェクトではないため、無視します。`,
  timeout_ignored: ({ variable }) => `${variable}は、0より大きく3600以下の秒数ではないため、無視します。`,
  folder_unreadable: ({ folder, problem, content }) =>
    `${folder}: ${problem}${contents[content]}は、最後に読み取れたものを使用します。`,
  comfyvn_file_broken: ({ file, path, problem, last }) =>
    `${inFile(file, path)}: ${problem}${
      last
        ? '最後に読み取れたレジストリを引き続き使用します。'
        : '修正されるまで、内蔵のレジストリを使用します。'
    }`,
  provider_file_broken: ({ file, path, problem, last }) =>
    `${inFile(file, path)}: ${problem}${
      last
        ? 'このプロバイダーは、最後に読み取れた内容で使用します。'
        : '修正されるまで、このプロバイダーは使用できません。'
    }`,
  unknown_field: ({ file, field, near }) =>
    `${file}: 「${field}」というフィールドはありません。${near === null ? '' : `「${near}」の誤りではありませんか。`}`,
  default_provider_unknown: ({ file, module, provider }) =>
    `${file}: ${module === null ? '既定のプロバイダー' : `${module}の既定のプロバイダー`}「${provider}」がありません。`,
  default_model_gone: ({ file, module, model, status, shutdown, successor }) =>
    `${file}: ${module}の既定のモデル${model}は、${
      status === 'never_released'
        ? '公開されていません'
        : shutdown === null
          ? '提供を終了しています'
          : `${shutdown}に提供を終了しました`
    }。${successorText(successor)}`,
  installation_broken: ({ message }) =>
    `インストールされたファイルを読み取れないため、最後に読み取れたレジストリを引き続き使用します。${message}`,
  facts_without_provider: ({ provider }) =>
    `${provider}のモデル情報が保存されていますが、このプロバイダーはもうありません。モデル情報を削除するか、プロバイダーを元に戻してください。`,
  facts_of_other_address: ({ provider, origin, base }) =>
    `保存されている${provider}のモデル情報は、${base}ではなく${origin}のものなので、使用しません。もう一度同期するか、削除してください。`,
  facts_in_trash: ({ origin }) =>
    `${origin}から保存した情報は、このアドレスには当てはまらないため、ゴミ箱に移しました。`,
  nothing_to_keep: () => '違いがないため、保存するものはありません。',
  content_unreadable: ({ path, problem, content, last }) =>
    `${path}: ${problem}${
      last
        ? `このファイルの${contents[content]}は、最後に読み取れたものを使用します。`
        : `読み取れるようになるまで、このファイルの${contents[content]}は使用できません。`
    }`,
  content_broken: ({ path, problem, content }) =>
    `${path}: ${problem}このファイルの${contents[content]}は使用しません。修正または置き換えるまで、ファイルはそのまま残ります。`,
  file_copied: ({ path, problem, copy }) =>
    `${path}: ${problem}${copy === null ? 'コピーを新しいファイルの隣に残しました。' : `このファイルは${copy}として残しました。`}`,
  edit_without_preset: ({ module, preset }) =>
    `${module}のプリセット「${preset}」はもう付属していないため、その変更は使用しません。`,
  preset_ships_now: ({ module, preset }) =>
    `${module}の「${preset}」というプリセットが付属するようになりましたが、自作のものを使用します。`,
  active_preset_missing: ({ module, preset }) =>
    `${module}で選択されているプリセット「${preset}」がないため、既定のプリセットを使用します。`,
  presets_without_module: ({ module }) =>
    `「${module}」というモジュールがないため、そのプリセットは使用しません。`,
  preset_replaced: warnings.preset_replaced,
  provider_missing: ({ provider }) =>
    `「${provider}」というプロバイダーは現在ありません。追加されるまで、このプリセットは使用できません。`,
  model_unlisted: ({ model, provider }) =>
    `レジストリの${provider}に「${model}」はありません。このIDのまま送信します。`,
  active_preset_removed: ({ preset, module }) =>
    `${preset}は使用中だったため、${module}は既定のプリセットに戻ります。`,
  fields_left_behind: ({ fields }) => `アドレスが変わったため、次のフィールドは引き継ぎません: ${fields}`,
  presets_lost_provider: ({ presets }) =>
    `次のプリセットはこのプロバイダーを指定しているため、使用できなくなります: ${presets}`,
  key_not_in_file: ({ variable }) =>
    `APIキーはメモリーにだけあったため、ファイルには入っていません。${variable}を設定するか、パネルで保存してください。`,
  pack_unusable: ({ message, last, shipped }) =>
    `${
      last
        ? 'プロンプトパックを読み取れないため、最後に読み取れた内容を使用します。'
        : shipped
          ? 'インストールが破損しているため、付属のプロンプトパックを使用できません。'
          : '内容が正しくないため、プロンプトパックを使用しません。'
    }${message}`,
  pack_incomplete: ({ folder }) => `${folder}のプロンプトパックは不完全なため、含めません。`,
  pack_file_copied: ({ path, copy }) => `${path}は内容が正しくないため、${copy}として残しました。`,
  key_in_pack: ({ field }) =>
    `${field}にAPIキーと思われるものが含まれています。呼び出しのたびにプロバイダーへ送信されます。`,
  pack_without_module: ({ module }) =>
    `「${module}」というモジュールはありません。このパックを使う呼び出しでは、プロバイダーを指定する必要があります。`,
  no_other_pack: ({ module }) => `${module}のプロンプトパックは、ほかにありません。`,
  flags_kept: ({ message }) =>
    `フラグのファイルを使用できないため、最後に読み取れたフラグを使います。${message}`,
  limit_ignored: ({ file, field }) =>
    field === 'provider_limits'
      ? `${file}のprovider_limitsに1以上の整数ではない値があるため、すべて無視し、既定値を使用します。`
      : `${file}の${field}は、2や0.25のようなUSDの金額ではないため、既定値を使用します。`,
  settings_unknown: ({ file, problem }) =>
    `${file}: ${problem}設定された上限が分からないため、読み取れるようになるまで有料の呼び出しはできません。`,
  settings_kept: ({ file, problem }) => `${file}: ${problem}最後に読み取れた設定を使用します。`,
  passphrase_unreadable: ({ variable, code }) =>
    `${variable}のファイルを読み取れません(${code})。${sessionOnly}`,
  passphrase_short: ({ variable, characters }) =>
    `${variable}のパスフレーズは${n(characters)}文字以上にしてください。${sessionOnly}`,
  key_file_broken: ({ file, problem, used, saving }) =>
    `${file}: ${problem}${
      used ? 'APIキーは、最後に読み取れたものを使用します。' : 'このファイルのAPIキーは使用しません。'
    }${keysSaved[saving]}`,
  key_file_copied: ({ copy }) =>
    `保存されたAPIキーのファイルを解析できなかったため、コピーを${copy}として残しました。`,
  key_put_aside: ({ provider, key, reason }) =>
    `${provider}がキー${key}を拒否したため、このキーの使用を停止しています(${reason})。キーを置き換えるか、もう一度使用するには確認を行ってください。`,
  database_removed: ({ file }) =>
    `${file}が使用中に削除または置き換えられ、内容は失われました。現在このパスにあるファイルを使用します。`,
  database_damaged: ({ file, copy }) =>
    `${file}が破損していたため、${copy}として残し、新しいファイルを作成しました。`,
  database_unusable: ({ database, reason }) =>
    `データベース${database}を使用できません(${reason})。使用できるようになるまで、有料の呼び出しは拒否され、呼び出しの記録はメモリーに保持されます。`,
  other_listener: ({ port, host, call }) =>
    `別のプログラムもポート${port}で待ち受けています。${
      host ?? 'このコンピューターのほかのアドレス'
    }への呼び出しは、このサーバーではなくそのプログラムに届きます。${
      call === null ? '' : `${call}を呼び出すか、`
    }どちらかのポートを変更してください。`,
};

export const addressNotes: CodedTexts['address_note'] = {
  surroundings_removed: () => '前後の引用符、カンマ、見えない文字を取り除きました。',
  scheme_twice: () => 'スキーム(http://など)が重複していました。',
  every_address: ({ host, called }) =>
    `${host}はサーバーのすべてのアドレスを表すため、${called}を呼び出します。`,
  fragment_removed: () => '「#」以降はサーバーに送信されないため、取り除きました。',
  encrypted: () => 'APIキーは暗号化せずに送信できません。',
  lower_case: () => 'バージョンは小文字で指定します。',
  version_twice: () => 'バージョンが重複していました。',
  call_appended: ({ call }) => `「${call}」は呼び出しのたびに追加されます。`,
  other_protocol: ({ call }) => `「${call}」は、このようなサーバーの別のプロトコルのものです。`,
  deployment: () => 'デプロイは、モデルのIDまたはsettings.deploymentsの指定で決まります。',
  version_added: ({ version }) => `このプロトコルのベースURLには「${version}」が含まれます。`,
};

export const addressProblems: CodedTexts['address_problem'] = {
  not_http: ({ meant }) => `httpまたはhttpsのURLではありません。${meantText(meant)}`,
  white_space: ({ meant }) =>
    `空白が含まれているため、httpまたはhttpsのURLではありません。${meantText(meant)}`,
  no_brackets: ({ meant }) => `IPv6アドレスが角括弧で囲まれていません。${meantText(meant)}`,
  credential_in_url: ({ meant }) =>
    `URLに認証情報が含まれており、経路上で記録されるおそれがあります。APIキーとして設定してください。${meantText(meant)}`,
  credential_in_query: ({ meant }) =>
    `URLのクエリに認証情報が含まれており、経路上で記録されるおそれがあります。APIキーとして設定してください。${meantText(meant)}`,
};

export const networkProblems: CodedTexts['network_problem'] = {
  not_range: () => 'アドレスの範囲ではありません。',
  outside_private_ranges: ({ ranges }) => `プライベートアドレスの範囲(${ranges})に含まれていません。`,
  not_network: () =>
    'オリジン(http://192.168.1.20:1234)、ホスト、範囲(192.168.1.0/24)のいずれでもありません。',
  public_address: () => 'パブリックアドレスなので、自分のネットワークにはできません。',
  vendor_host: () => 'どのネットワークにあっても、ベンダーのホストは指定できません。',
};
