import { formatCount, formatExactUsd } from '../../ui/format.ts';
import type { CodedTexts } from '../core-texts.ts';
import { errors } from './errors.ts';
import { fieldTexts } from './field-texts.ts';
import { fileFaults } from './file-faults.ts';
import { addressNotes, addressProblems, networkProblems, notices } from './notices.ts';

const n = formatCount;
const usd = formatExactUsd;
/** The provider's first key has no id. */
const keyName = (provider: string, key: string | null) =>
  key === null ? `${provider}のAPIキー` : `${provider}のAPIキー${key}`;
/** The key in a variable, or another one. */
const keyIn = (variable: string | null) => (variable === null ? 'APIキー' : `環境変数${variable}のAPIキー`);
/** An error's meaning, followed by the core's message, which names the field, file or model. */
const errorText = (code: string, message: string) =>
  `${(errors.byCode as Partial<Record<string, string>>)[code] ?? `${code}: `}${message}`;
const listed = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join('、');

/** Faults of JSON. */
const syntax = {
  not_value: 'JSONの値ではありません。テキストは二重引用符で囲んでください。',
  not_number: '数値ではありません。',
  no_name: '二重引用符で囲まれたフィールド名がありません。',
  no_value: '値がありません。',
  no_colon: 'コロンがありません。',
  no_comma: 'コンマがありません。',
  no_brace: '閉じ波括弧 } がありません。',
  no_bracket: '閉じ角括弧 ] がありません。',
  after_end: '終わりの後に余分な内容があります。',
  open_comment: 'コメントが閉じられていません。',
  open_string: '文字列が閉じられていません。二重引用符がありません。',
  incomplete_number: '数値が途中で終わっています。',
  incomplete_escape: '文字列に不完全な\\uエスケープがあります。',
  wrong_escape: '文字列に、エスケープできない文字の前の\\があります。',
  not_escaped: '文字列に、エスケープが必要な文字(タブなど)があります。',
  other: 'JSONではありません。',
};

/** The core's texts other than warnings and errors. */
export const codedTexts: CodedTexts = {
  change: {
    preset_created: ({ module }) => `${module}のプリセットを作成`,
    preset_changed: ({ preset }) => `プリセット${preset}を変更`,
    preset_reset: ({ preset }) => `プリセット${preset}を初期状態にリセット`,
    preset_removed: ({ preset }) => `プリセット${preset}を削除`,
    preset_activated: ({ preset, module }) => `${module}で使用するプリセットを${preset}に変更`,
    default_restored: ({ module }) => `${module}で使用するプリセットを既定に戻す`,
    items_imported: ({ items }) => `${n(items)}件をインポート`,
    personas_imported: ({ personas }) => `ペルソナ${personas}をインポート`,
    key_saved: ({ provider, key }) => `${keyName(provider, key)}を保存`,
    key_removed: ({ provider, key }) => `${keyName(provider, key)}を削除`,
    key_renamed: ({ provider, key }) => `${keyName(provider, key)}の名前を変更`,
    provider_saved: ({ provider }) => `プロバイダー${provider}を保存`,
    provider_removed: ({ provider }) => `プロバイダー${provider}を削除`,
    adapter_kept: ({ adapter }) => `ランタイムアダプター${adapter}をプロバイダーとして保存`,
    pack_saved: ({ module }) => `プロンプトパック${module}を保存`,
    pack_created: ({ module }) => `プロンプトパック${module}を作成`,
    pack_duplicated: ({ module }) => `プロンプトパック${module}を複製`,
    pack_removed: ({ module }) => `プロンプトパック${module}を削除`,
    facts_kept: ({ facts, provider }) => `${provider}の一覧から${n(facts)}件の情報を保存`,
    synced_models_removed: ({ provider }) => `${provider}の同期したモデルを削除`,
    catalogue_imported: ({ models, source }) => `${source}のカタログから${n(models)}個のモデルをインポート`,
    file_repaired: ({ file }) => `${file}を修復`,
    file_restored: ({ file }) => `${file}を最後に正常だった内容に戻す`,
  },
  unit_problem: {
    missing: () => 'モデルは、何度依頼してもこの行を訳しませんでした。',
    doubled: () => 'モデルは、何度依頼してもこの行に異なる訳を2つ返しました。',
    empty: ({ asked }) =>
      asked ? 'モデルは、何度依頼してもこの行に何も返しませんでした。' : '訳文がありません。',
    merged: () => 'モデルは、何度依頼してもこの行を別の行とつなげて返しました。',
    code: ({ missing, added, misplaced }) =>
      `コードまたはプレースホルダーが異なります。${listed([
        missing === null ? null : `不足: ${missing}`,
        added === null ? null : `原文にないもの: ${added}`,
        misplaced === null ? null : `位置の誤り: ${misplaced}`,
      ])}`,
    line_breaks: ({ target, source }) => `改行の数が異なります(訳文${n(target)}個、原文${n(source)}個)。`,
    untranslated: () => '翻訳されていません。',
    left_over: ({ letter }) => `別の文字種の文字が残っています: 「${letter}」`,
    too_wide: ({ widest, room }) =>
      `幅が半角${n(widest)}文字分の行がありますが、ゲームで表示できるのは半角${n(room)}文字分までです。`,
    repetition: ({ part }) => `「${part}」が何度も繰り返されています。`,
    refusal: () => 'モデルが、翻訳せずに依頼を断っています。',
    explanation: ({ too_long }) =>
      too_long ? '訳文が原文よりはるかに長くなっています。' : 'モデルが、翻訳の代わりに説明を書いています。',
    glossary: ({ term, translation }) => `「${term}」が「${translation}」と訳されていません。`,
    speaker: ({ name }) => `訳文が、原文にない名前「${name}:」で始まっています。`,
    quotes: ({ quoted }) =>
      quoted === 'source'
        ? '原文は引用符で囲まれていますが、訳文は囲まれていません。'
        : '訳文は引用符で囲まれていますが、原文は囲まれていません。',
    fuzzy: () => 'ファイルの中で、この訳文は「あいまい」とされています。',
  },
  stop: {
    stopped: () => 'ユーザーの操作',
    program_closed: () => 'プログラムの終了',
    limit_reached: ({ limit, spent, next }) =>
      `上限の${usd(limit)}に達しました。これまでのコストは${usd(spent)}で、次のリクエストのコストは${
        next === null ? '見積もれません' : `最大${usd(next)}です`
      }。`,
    error: ({ error, message }) => errorText(error, message),
  },
  unknown_spend: {
    error: ({ error, message }) => errorText(error, message),
    process_ended: () => '返答が完了する前に、送信したプロセスが終了しました。',
    ledger_restarted: () =>
      '支出の記録が壊れていたか削除されていたため、新しく作り直しました。この日の支出は不明です。',
    batch_process_ended: () =>
      'バッチの送信中にプロセスが終了しました。プロバイダーに届いていて、料金がかかる可能性があります。',
    batch_not_confirmed: ({ message }) =>
      `バッチを送信しましたが、受け付けられたか確認できません。プロバイダーに届いていて、料金がかかる可能性があります。${message}`,
    results_missing: ({ requests }) =>
      requests === null
        ? 'バッチは終了しましたが、読み取れる結果のないリクエストがあります。'
        : `バッチは終了しましたが、${n(requests)}件のリクエストに結果がありません。`,
  },
  run_end: {
    program_closed: () => 'プログラムが終了しました。',
    process_ended: () => '実行していたプロセスが終了しました。',
    project_removed: () => 'プロジェクトが一覧から削除されました。',
  },
  left_out_file: fileFaults,
  file_warning: {
    encoding_guessed: ({ encoding }) =>
      `文字コードを${encoding}と推定して読み取りました。文字化けしている場合は、文字コードを指定してください。`,
    charset_missing: () =>
      'ヘッダーがcharset=CHARSETのままです。msgfmtを使う前に、msginitでカタログを作成してください。',
    entries_without_message: ({ entries }) =>
      `${n(entries)}件の項目はメッセージがないため、スキップしました。`,
    values_not_text: ({ values }) => `${n(values)}件の値はテキストではないため、スキップしました。`,
    lines_ignored: ({ lines }) =>
      `${n(lines)}行は「原文=訳文」の形式ではありません。プラグインはこれらの行を無視します。`,
    id_twice: ({ line, id }) =>
      `${n(line)}行目: ID「${id}」が重複しています。エンジンでエラーになるため、2つ目の行をスキップしました。`,
    translated_twice: ({ line, key }) =>
      `${n(line)}行目: 「${key}」の訳文が2つあります。最初の訳文を使用します。`,
    other_language: ({ other, wanted }) =>
      `このファイルにある「${other}」への訳文はスキップしました。対象の言語は「${wanted}」です。`,
    old_computed: ({ line }) => `${n(line)}行目: 「old」の後のテキストは計算式のため、スキップしました。`,
    script_block_open: ({ end }) => `スクリプトブロックが閉じられていません。${end}がありません。`,
    tags_open: () => '閉じ括弧のないタグがあります。その行の残りはスキップしました。',
    translations_skipped: ({ translations }) =>
      `このファイルには訳文も${n(translations)}件ありますが、スキップしました。`,
    unknown_statement: ({ line, word, block }) =>
      `${n(line)}行目: 「${word}」はRen’Pyのステートメントではありません。${
        block ? 'その下の部分はスクリプトとして読み取っていません。' : 'スキップしました。'
      }`,
  },
  write_problem: {
    unencodable: ({ letter, encoding }) =>
      `「${letter}」はファイルの文字コード${encoding}で書き込めないため、原文のままです。別の文字を使うか、ファイルを変換してください。`,
    missing_unit: () => 'このテキストは、もうファイルにありません。',
    syntax: ({ message }) => `この訳文は、このファイルの形式では保存できません。${message}`,
  },
  provider_check: {
    off_in_file: ({ provider }) => `${provider}はレジストリファイルでオフになっています("enabled": false)。`,
    flag_off: ({ provider, flag, file, outside }) =>
      `${provider}はオフです。${file}で${flag}(またはfeatures.enable_public_llm)をtrueにしてください。${
        outside === null
          ? ''
          : `${outside}が自分のネットワーク内にある場合は、パネルまたはCOMFYVN_LLM_OWN_NETWORKSで指定することもできます。`
      }`,
    key_missing: ({ provider, origin, variable }) =>
      `${provider}には${origin}用のAPIキーが必要です。パネルで追加するか、${variable}を設定してください。`,
    error: ({ error, message }) => errorText(error, message),
  },
  key_problem: {
    empty: ({ variable }) => `${keyIn(variable)}が空です。`,
    line_break: ({ variable }) =>
      `${keyIn(variable)}に改行が含まれています。キーだけを1行で指定してください。`,
    variable_name: ({ variable }) =>
      `${keyIn(variable)}に変数名が含まれています。キーだけを指定してください。`,
    whole_header: ({ variable }) =>
      `${keyIn(variable)}がヘッダー全体になっています。「Authorization」や「Bearer」を付けず、キーだけを指定してください。`,
    space: ({ variable }) =>
      `${keyIn(variable)}に空白が含まれています。名前や「Bearer」を付けず、キーだけを指定してください。`,
    invisible_character: ({ variable }) =>
      `${keyIn(variable)}に見えない文字が含まれています。Webページやチャットアプリからコピーすると入ることがあります。もう一度コピーしてください。`,
    control_character: ({ variable }) =>
      `${keyIn(variable)}に制御文字が含まれています。キーだけを1行で指定してください。`,
    quotation_mark: ({ variable }) =>
      `${keyIn(variable)}に引用符が付いています。キーだけを指定してください。`,
    placeholder: ({ variable }) => `${keyIn(variable)}がプレースホルダーのままで、キーではありません。`,
    escape: ({ variable }) =>
      `${keyIn(variable)}に「\\n」などの記号が文字として含まれています。キーだけを指定してください。`,
    not_ascii: ({ variable }) =>
      `${keyIn(variable)}に、ヘッダーで送信できない文字(全角文字やアクセント付きの文字)が含まれています。半角の文字で入力してください。`,
  },
  hidden_field: {
    contains_key: () => 'APIキーが含まれています。',
    named_like_credential: ({ header }) =>
      `この名前の${header ? 'ヘッダー' : 'フィールド'}には認証情報が入ります。`,
  },
  file_problem: {
    cannot_read: ({ code }) => `ファイルを読み取れません(${code})。`,
    too_large: ({ megabytes }) => `ファイルが${n(megabytes)} MBを超えています。`,
    not_utf8: ({ byte }) => `文字コードがUTF-8でもBOM付きのUTF-16でもありません(${n(byte)}バイト目)。`,
    cut_utf16: ({ byte }) => `UTF-16のファイルが文字の途中で終わっています(${n(byte)}バイト目)。`,
    empty: () => 'ファイルが空で、JSONではありません。',
    not_json: ({ message }) => `JSONとして読み取れません。${message}`,
    too_deep: () => '入れ子が深すぎます。',
    syntax: ({ fault }) => syntax[fault],
    not_object: () => 'JSONオブジェクトではありません。',
    not_flags: () => 'フラグのオブジェクトではありません。',
    unknown_field: ({ field, near }) =>
      `「${field}」というフィールドはありません。${near === null ? '' : `「${near}」の誤りではありませんか。`}`,
    name_taken: ({ name, file }) => `「${name}」という名前は、すでに${file}で使われています。`,
    not_amount: ({ variable }) => `${variable}は、2や0.25のようなUSDの金額ではありません`,
    flags_kept: ({ message }) =>
      `フラグのファイルを使用できないため、最後に読み取れたフラグを使います。${message}`,
    missing: () => 'ファイルがありません。',
    template: ({ message }) => `テンプレートを処理できません。${message}`,
    too_many_samples: ({ files, max }) =>
      `ファイルが${n(files)}個ありますが、読み取るのは${n(max)}個までです。`,
    other_folder: ({ module }) => `「${module}」がフォルダー名と一致しません。`,
    name_twice: ({ name }) => `「${name}」が重複しています。`,
    not_array: ({ name }) => `「${name}」という配列型の変数はありません。`,
    no_variable: ({ name }) => `このパックに「${name}」という変数はありません。`,
    no_reply_field: ({ field }) => `応答に「${field}」がありません。`,
    ...fieldTexts,
    refused_value: ({ message }) => `内容が正しくありません。${message}`,
  },
  preset_problem: {
    schema: ({ message }) => `このスキーマは使用できません。${message}`,
    schema_too_large: ({ kilobytes }) => `スキーマが${n(kilobytes)} kBを超えています。`,
    schema_too_deep: ({ levels }) => `スキーマの入れ子が${n(levels)}段を超えています。`,
    schema_reference: ({ reference }) =>
      `スキーマの「${reference}」は参照できません。参照できるのは、同じスキーマの中だけです。`,
    schema_pattern: ({ pattern }) => `スキーマの「${pattern}」は正規表現として正しくありません。`,
    provider_options: ({ message }) => `「プロバイダーのオプション」の内容を使用できません。${message}`,
  },
  catalogue_item: {
    no_provider: ({ provider }) => `${provider}というプロバイダーはありません。`,
    twice: () => 'ファイル内で重複しています。',
  },
  set_warning: {
    lines_skipped: ({ path, line, more, message }) =>
      `${path}の${n(line)}行目を使用できません${more === 0 ? '' : `(ほかに${n(more)}件の問題があります)`}。${message}`,
    error: ({ error, message }) => errorText(error, message),
  },
  import_note: {
    id_ships: () => '付属のプリセットがこのIDを使用しています。',
    id_twice: () => 'ファイル内でこのIDが重複しています。',
    module_full: ({ module, presets }) =>
      `${module}には、すでに${n(presets)}件の自作のプリセットがあります。`,
    id_not_shipped: () => 'このIDの付属のプリセットはありません。',
    no_such_preset: () => '該当するプリセットがありません。',
    settings_refused: ({ message }) => `この設定では、すべての呼び出しが拒否されます。${message}`,
    check_too_slow: () => 'これより前にあるパックの確認に、時間がかかりすぎました。',
    pack_twice: () => 'ファイル内に、このモジュールのパックが2つあります。',
    pack_broken: ({ message }) => `パックの内容が正しくありません。${message}`,
    unknown_module: ({ module }) => `「${module}」というモジュールはありません。`,
    name_twice: () => 'ファイル内でこの名前が重複しています。',
    calls_go_to: ({ base }) => `呼び出しの送信先: ${base}`,
    provider_broken: ({ message }) => `プロバイダーの内容が正しくありません。${message}`,
    base_not_http: () => 'アドレスがhttpまたはhttpsのURLではありません。',
    outside_network: ({ kind, host }) =>
      `種類が「${kind}」ですが、${host}はこのコンピューターとそのネットワークの外にあります。フラグで保護する種類("cloud")にする必要があります。`,
    key_of_other: ({ variable, provider }) =>
      `${provider}のAPIキーである${variable}を、別のアドレスで使おうとしています。`,
    key_not_own: ({ variable }) =>
      `${variable}を使おうとしていますが、別の用途のキーが入っている可能性があります。意図したものであれば、手動で追加してください。`,
    provider_exists: ({ provider }) =>
      `${provider}というプロバイダーはすでにあります。そのAPIキーを、外部のファイルのために使うことはできません。`,
    other_address: ({ provider, base }) =>
      `登録済みの${provider}は別のアドレス(${base})にあり、APIキーもそのアドレス用です。先に削除するか、名前を変更してください。`,
    file_refused: ({ error, message }) => errorText(error, message),
    address_refused: () =>
      'アドレスが通常のhttpまたはhttpsのURLではありません(ユーザー名やキーを含むURLは使用できません)。',
    no_provider: ({ provider }) => `${provider}というプロバイダーはありません。`,
    no_address: () => 'サーバーのアドレスがありません。',
    unknown_service: ({ service }) =>
      `パネルには「${service}」に対応するプロバイダーがありません。OpenAIのプロトコルに対応している場合は、手動で追加してください。`,
    no_model: ({ source }) =>
      source === null ? 'モデルの指定がありません。' : `${source}のモデルの指定がありません。`,
    no_profile: () => '接続プロファイルではありません(`api`と`mode`がありません)。',
    style_guides: ({ texts }) => `${n(texts)}件のテキストがスタイルガイドになります。`,
  },
  import_left_out: {
    not_text: () => 'テキストではありません。',
    too_long: ({ characters }) => `${n(characters)}文字を超えています。`,
    not_number: () => '数値ではありません。',
    out_of_range: ({ value }) => `${value}は範囲外です。`,
    not_sent_to: ({ service }) => `SillyTavernはこれを${service}に送信しません。`,
    unknown_effort: () => '対応していない値です。',
    prompts: () =>
      'プロンプトはプロンプトパックに入れるものです。必要な部分を「プロンプトパック」にコピーしてください。',
    may_hold_key: () => 'APIキーを含む可能性があります。APIキーはインポートされません。',
    keys: () => 'APIキーはインポートされません。プロバイダーの画面で保存してください。',
    address: () => 'プリセットにはアドレスを設定できません。プロバイダーのアドレスを変更してください。',
    provider_options: () => 'プリセットの「プロバイダーのオプション」に、手動で入力してください。',
    context_of_model: () => 'コンテキストの長さは、モデル自体のものが使われます。',
    extensions: () => 'SillyTavernの拡張機能のデータ(スクリプトを含む)は、ここでは使われません。',
    one_reply: () => '応答は1件だけ要求します。',
    other_preset: () =>
      'プロファイルには名前しかありません。プリセット自体のファイルをインポートしてください。',
    own_prompt: () => 'SillyTavern自体のプロンプトのための設定です。',
    macros: () => '置き換えられるのは{{char}}、{{user}}、{{original}}だけです。ほかはそのまま残ります。',
    first_greeting: () => '最初のあいさつだけを使います。',
    lorebook: () => 'ここにロアブックはありません。必要な内容は説明文に入れてください。',
    media: () => '画像と音声はインポートされません。',
    for_people: () => 'モデルではなく、人のための情報です。',
  },
  notice: notices,
  address_note: addressNotes,
  address_problem: addressProblems,
  network_problem: networkProblems,
};
