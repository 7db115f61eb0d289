import type { Catalogue } from '../catalogue.ts';

export const key: Catalogue['key'] = {
  keys: {
    title: (provider) => `${provider}のAPIキー`,
    notNeeded: '不要',
    field: (provider) => `${provider}のAPIキー`,
    placeholder: '貼り付けてEnterキーを押す',
    save: 'キーを保存',
    saving: '保存中…',
    checking: 'モデル一覧を取得中…',
    check: '確認',
    checkHint: 'このキーでプロバイダーにモデル一覧を無料で問い合わせます',
    replace: '置き換え',
    remove: '削除',
    cancel: 'キャンセル',
    add: 'キーを追加',
    shown: (last4) => `••••${last4 ?? ''}`,
    from: (variable) => `${variable}から取得`,
    fromHint:
      'パネルの外で設定されており、ここでは変更できません。環境変数はパネルで保存したキーより優先されます。',
    ofAdapter: '追加時に指定',
    kept: (store) => `${store}に保存`,
    keptForSession: 'このセッションのみ',
    sealed: (store) => `${store}に保存済み(未読み込み)`,
    onlyTo: (origin) => `${origin}にだけ送信されます。`,
    missing: 'なし',
    lookedFor: 'キーの検索順:',
    thenHere: 'パネルに保存したキー',
    noKeyring:
      'このシステムにはキーリングがありません。ここに貼り付けたキーはこのセッションだけで使われ、ファイルには保存されません。保存するには、起動前に次の環境変数を設定してください:',
    noPassphrase:
      'ここに貼り付けたキーはこのセッションだけで使われます。暗号化して保存するには、COMFYVN_LLM_KEY_PASSPHRASEを設定してサーバーを起動してください。または、次の環境変数を設定してください:',
    copyVariable: '名前をコピー',
    otherOrigin: (origin, here) =>
      `${origin}用のキーが保存されています。このプロバイダーのアドレスは現在${here}のため、キーは送信されません。このアドレス用のキーを貼り付けるか、アドレスを元に戻してください。`,
    lockedStore: (store) =>
      `キーは保存されていますが、${store}を開けないためロックされています。ロックを解除してパネルを再起動してください。保存済みのキーはそのまま残ります。`,
    lockedPassphrase:
      'キーは保存されていますが、ロックされています。保存時のパスフレーズ(COMFYVN_LLM_KEY_PASSPHRASE)を指定してサーバーを起動してください。',
    lockedKey:
      'キーは保存されていますが、復号できません。別のキーリングやパスワードで保存されたか、ファイルが破損しています。元のキーリングに戻すと再び使えます。または、キーを置き換えてください。',
    aKeyring: 'キーリング',
    replaceLocked: 'ロックされたキーを置き換え',
    forSession: 'このセッションだけ別のキーを使用',
    ok: 'OK',
    models: (count) => `${count}個のモデル`,
    keyIn: (store) => `キーは${store}に保存`,
    keyForSession: 'キーはこのセッションのみ',
    keyFrom: (variable) => `キーは${variable}から取得`,
    savedNotChecked: (provider) => `未確認: ${provider}はオフのため、何も送信されません。`,
    turnOn: 'オンにして確認',
    setsFlag: (flag) => `config/comfyvn.jsonのfeatures.${flag}を設定します`,
    removed: (provider) => `${provider}のAPIキーを削除しました。`,
    removedHint: 'パネルの実行中は元に戻せます。',
    stays: 'キーを保存しました。置き換えるには別のキーを貼り付けてください。',
  },
};
