/** What each endpoint does, by its method and path; English is in the API’s own description. */
export const endpoints: Readonly<Record<string, string>> = {
  'GET /health': 'サーバーが動作しているかどうかと、待ち受けているアドレス',
  'GET /api/llm/registry': 'プロバイダー、モデル、モジュールのプリセット、フラグ、警告',
  'POST /api/llm/refresh':
    'すべてのファイルを再読み込みします。壊れたファイルは、そのファイルだけが除外されます',
  'GET /api/llm/runtime': '起動後に登録されたアダプター',
  'POST /api/llm/runtime/register':
    'アダプターをメモリにだけ登録します。同じIDでもう一度登録すると置き換えます',
  'DELETE /api/llm/runtime/{id}': 'アダプターの登録を解除します。登録されていなくてもエラーになりません',
  'POST /api/llm/test-call':
    '料金をかけずにプロバイダーを試します。クラウドのプロバイダーは、`live`がtrueでない限りプランだけを返します',
  'POST /api/llm/chat': 'チャット。プラン(`dry_run`)、一括の応答、ストリーム(`stream`)のいずれか',
  'GET /api/llm/prompt-pack': '使用できるパックの一覧',
  'GET /api/llm/prompt-pack/{module}': '1つのパックのテンプレート、変数、スキーマ、チェック、サンプル',
  'POST /api/llm/prompt-pack/{module}':
    'パックに値を入れます。`send`を指定すると、そのままチャットの呼び出しとして送信します',
  'GET /api/llm/calls': '呼び出しログ(新しい順)',
  'GET /api/llm/spend': '支出、予約中の金額、コストがわからない呼び出しの一覧',
  'GET /api/llm/calls/{id}': '1件の呼び出しと、その試行',
  'GET /api/providers/llm/registry': '公開プロバイダーと、そのモデル、タグ、料金ページ',
  'GET /api/providers/llm/public/catalog': '公開プロバイダーの一覧',
  'POST /api/providers/llm/chat':
    '公開プロバイダーへのチャットのプラン。送信はしません。該当するプロバイダーがない場合は、理由と`ok: false`を返します',
  'GET /api/emulation/status': 'オンかオフかと、ペルソナの一覧',
  'POST /api/emulation/toggle': 'config/comfyvn.jsonでオンとオフを切り替えます',
  'POST /api/emulation/persona': 'ペルソナを作成または変更します',
  'POST /api/emulation/chat': 'ペルソナと会話します。やり取りは記憶されます',
  'POST /api/translate/batch': '翻訳メモリにあるテキスト。ないものは翻訳するか、プランを返します(`dry_run`)',
  'GET /api/translate/review': '翻訳メモリのうち、確認待ちまたは確認済みの項目。モデルは呼び出しません',
  'POST /api/translate/review': '1件の項目を変更または承認します(`id`、または`lang`と`key`で指定)',
  'GET /api/translate/export/json': '確認済みの項目',
  'GET /api/translate/export/po': '確認済みの項目をgettextファイルとして取得します',
  'GET /api/translate/projects': 'すべてのプロジェクト',
  'POST /api/translate/projects': 'COMFYVN_LLM_PROJECT_ROOTSより下にあるゲームのプロジェクトを作成します',
  'GET /api/translate/projects/{project}': 'プロジェクトの進み具合と、最後の実行',
  'POST /api/translate/projects/{project}/import':
    'ゲームを読み直し、新しい行、変わった行、なくなった行を調べます',
  'POST /api/translate/projects/{project}/run':
    '新しい行を翻訳します。開始した時点で応答し、`wait`を指定すると終了後に応答します',
  'POST /api/translate/projects/{project}/retry': '要確認の行を、問題点を伝えてもう一度翻訳させます',
  'POST /api/translate/projects/{project}/pause': '新しいリクエストを開始しないようにします',
  'POST /api/translate/projects/{project}/cancel':
    '実行を終了します。`give_up`を指定すると、料金が発生した可能性のある送信中のリクエストも終了します',
  'POST /api/translate/projects/{project}/update': '1行の訳文または状態を、人の手で変更します',
  'POST /api/translate/projects/{project}/approve': 'フィルターに一致するすべての行を承認します',
  'POST /api/translate/projects/{project}/replace':
    '訳文を検索して置換します。`preview`で事前に結果を確認できます',
  'POST /api/translate/projects/{project}/remove': 'プロジェクトを一覧から削除します。フォルダーは残ります',
  'POST /api/translate/projects/{project}/configure':
    'project.jsonの設定を変更します。nullを指定すると、その設定を削除します',
  'POST /api/translate/projects/{project}/glossary': 'glossary.csvを書き込みます',
  'POST /api/translate/projects/{project}/export': '翻訳したファイルを書き出します',
  'GET /api/translate/projects/{project}/plan': 'ドライラン。リクエスト、トークン、料金',
  'GET /api/translate/projects/{project}/groups':
    '実行のリクエスト。`state=unknown`を指定すると、料金が発生した可能性のあるものだけを返します',
  'GET /api/translate/projects/{project}/units': '行の一覧(ページごと)',
  'GET /api/translate/projects/{project}/index':
    'フィルターに一致する行の位置。最初の`ordinal`と、続く行数の組',
  'GET /api/translate/projects/{project}/facets': 'ファイル、話者、問題の件数',
  'GET /api/translate/projects/{project}/unit': '1行と、以前の訳文、リクエスト',
  'GET /api/translate/projects/{project}/request':
    '送信済みの`group`、またはプランの`position`の、正確なリクエスト',
  'GET /api/translate/projects/{project}/runs': 'すべての実行(新しい順)',
  'GET /api/translate/projects/{project}/glossary': '用語と登場人物',
  'GET /api/trials/sets': 'プリセットの比較に使えるテストセット',
  'POST /api/trials/sets': 'JSON Linesを自作のテストセットとして追加します',
  'POST /api/trials/sets/from-project': '翻訳プロジェクトの確認済みの行を、テストセットとして追加します',
  'DELETE /api/trials/sets/{name}': '自作のテストセットを削除します',
  'POST /api/trials/plan': 'トライアルで送信する内容とコスト。送信はしません',
  'GET /api/trials': 'すべてのトライアル(新しい順)',
  'POST /api/trials': 'トライアルを開始します。開始した時点で応答し、`wait`を指定すると終了後に応答します',
  'GET /api/trials/ranks/{module}': 'モジュールの各プリセットの、測定された順位',
  'GET /api/trials/{trial}': 'トライアルの進み具合。終了していれば結果も含みます',
  'DELETE /api/trials/{trial}': 'トライアルを削除します',
  'POST /api/trials/{trial}/resume': '停止したトライアルを再開します',
  'POST /api/trials/{trial}/cancel':
    '新しいリクエストを開始しないようにします。`give_up`を指定すると、料金が発生した可能性のある送信中のリクエストも終了します',
  'POST /api/trials/{trial}/vote': '1つのペアに対する、人の投票',
  'POST /api/trials/{trial}/judge-plan': 'モデルによる投票のコスト。送信はしません',
  'POST /api/trials/{trial}/judge': 'モデルによる投票。各ペアは、左右を入れ替えて2回見せます',
  'GET /api/trials/{trial}/ballot': '次に投票するペア(名前なし)',
  'GET /api/trials/{trial}/export': '結果の表をMarkdownまたはCSVで取得します',
  'POST /v1/chat/completions':
    'OpenAIのChat Completions。一括またはストリーム。下記以外のフィールドは、そのままプロバイダーに送信します',
  'GET /v1/models':
    'チャットで指定できるすべてのID。`anthropic-version`を付けると、Anthropicの形式で1ページずつ返します',
  'GET /v1/models/{id}': 'そのうちの1つ。IDにスラッシュを含められます',
  'POST /v1/responses': 'OpenAIのResponses API(状態を保存しない)。一括またはストリーム',
  'POST /v1/completions': 'OpenAIの旧式のテキスト補完。プロンプトは1件のユーザーメッセージになります',
  'POST /v1/embeddings': 'テキストのベクトル。OpenAI、Gemini、OpenRouter、LM Studio、Ollamaを使えます',
  'POST /v1/messages': 'AnthropicのMessages API。一括またはストリーム',
  'POST /v1/messages/count_tokens': 'リクエストのトークン数。送信はしません',
  'GET /v1/model/list': 'TabbyAPIのモデル一覧。内容は`GET /v1/models`と同じです',
  'GET /v1/model': 'TabbyAPIで読み込まれているモデル。チャット用のモジュールを返します',
  'POST /api/chat': 'Ollamaのチャット。`stream`がfalseでない限りストリームで返します',
  'POST /api/generate': 'Ollamaの単独のプロンプト。`stream`がfalseでない限りストリームで返します',
  'POST /api/embed': 'テキストのベクトル。`POST /v1/embeddings`と同じです',
  'POST /api/embeddings': '1件のテキストのベクトル(旧式)',
  'POST /api/show': '1つのモデルのコンテキストと機能',
  'GET /api/tags': 'チャットで指定できるすべてのID',
  'GET /api/ps': 'メモリにあるモデル。常に空です',
  'GET /api/version': '対応しているOllamaのプロトコルのバージョン',
  'GET /v1beta/models': 'チャットで指定できるすべてのID',
  'GET /v1beta/models/{target}': 'そのうちの1つ。IDにスラッシュを含められます',
  'POST /v1beta/models/{target}':
    '`{model}:generateContent`、ストリームは`{model}:streamGenerateContent`、ほかに`:countTokens`、`:embedContent`、`:batchEmbedContents`',
  'GET /hooks/{token}/xunity': '実行中のゲームの1行。XUnity.AutoTranslatorのCustomTranslateの形式です',
  'POST /api/translate/uploads':
    'このコンピューターにないファイルからプロジェクトを作るための、アップロードを開始します',
  'POST /api/translate/uploads/{upload}':
    '1つのファイルの内容。1回のアップロードは、全ファイルの合計で最大512 MBです',
  'GET /api/translate/projects/{project}/download':
    '最後の書き出しでプロジェクトのフォルダーに書き込まれた内容(zip)',
  'GET /openapi.json': 'このAPIの仕様',
  'GET /metrics': '起動後のカウンター(Prometheusのテキスト形式)',
  'GET /docs': 'このAPIの仕様のページ。ネットワークは不要です',
};
