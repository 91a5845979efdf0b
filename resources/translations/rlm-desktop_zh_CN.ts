<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>AnswerView</name>
        <message>
            <source>Status of the answer</source>
            <translation>答案的状态</translation>
        </message>
        <message>
            <source>What the answer took</source>
            <translation>得出答案的开销</translation>
        </message>
        <message>
            <source>&amp;Copy answer</source>
            <translation>复制答案(&amp;C)</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>答案</translation>
        </message>
        <message>
            <source>Passages</source>
            <translation>段落</translation>
        </message>
        <message>
            <source>Passages to check it with</source>
            <translation>可用来核对的段落</translation>
        </message>
        <message>
            <source>Passages the answer rests on</source>
            <translation>答案所依据的段落</translation>
        </message>
        <message>
            <source>The run was stopped before there was an answer.</source>
            <translation>运行在得出答案之前被停止。</translation>
        </message>
        <message>
            <source>Nothing about it was found in the documents.</source>
            <translation>文档中没有找到相关内容。</translation>
        </message>
        <message>
            <source>There is no answer.</source>
            <translation>没有答案。</translation>
        </message>
        <message>
            <source>{} of the text was read</source>
            <translation>已读取全文的 {}</translation>
        </message>
    </context>
    <context>
        <name>CallFilterBar</name>
        <message>
            <source>Search the calls</source>
            <translation>搜索调用</translation>
        </message>
        <message>
            <source>Search in what was asked, given and replied</source>
            <translation>在提问、文本和回复中搜索</translation>
        </message>
        <message>
            <source>Kind of call</source>
            <translation>调用的种类</translation>
        </message>
        <message>
            <source>All kinds</source>
            <translation>所有种类</translation>
        </message>
        <message>
            <source>State of call</source>
            <translation>调用的状态</translation>
        </message>
        <message>
            <source>Another label fitted nearly as well</source>
            <translation>另一个标签几乎同样合适</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>找到的内容</translation>
        </message>
        <message>
            <source>No call has that</source>
            <translation>没有调用包含它</translation>
        </message>
        <message>
            <source>Any state</source>
            <translation>任何状态</translation>
        </message>
        <message>
            <source>… still open</source>
            <translation>… 尚未结束</translation>
        </message>
        <message>
            <source>✗ failed</source>
            <translation>✗ 失败</translation>
        </message>
        <message>
            <source>Close calls</source>
            <translation>难分的调用</translation>
        </message>
        <message>
            <source>? not found</source>
            <translation>? 未找到</translation>
        </message>
        <message>
            <source>{} found</source>
            <translation>找到 {} 个</translation>
        </message>
        <message>
            <source>Searching … {} so far</source>
            <translation>正在搜索… 目前 {} 个</translation>
        </message>
    </context>
    <context>
        <name>CallPage</name>
        <message>
            <source>Text it was given</source>
            <translation>给它的文本</translation>
        </message>
        <message>
            <source>Worked example</source>
            <translation>示例</translation>
        </message>
        <message>
            <source>Reply</source>
            <translation>回复</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>答案</translation>
        </message>
        <message>
            <source>{} in, {} out</source>
            <translation>输入 {}，输出 {}</translation>
        </message>
        <message>
            <source>Asked</source>
            <translation>提问</translation>
        </message>
        <message>
            <source>Printed</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>{} not read again</source>
            <translation>{} 无需重读</translation>
        </message>
        <message>
            <source>{} a second</source>
            <translation>每秒 {}</translation>
        </message>
        <message>
            <source>a close call, ahead of the next label by {}</source>
            <translation>难分的调用，领先下一个标签 {}</translation>
        </message>
        <message>
            <source>Reply {}</source>
            <translation>回复 {}</translation>
        </message>
        <message>
            <source>{} of the model</source>
            <translation>模型用时 {}</translation>
        </message>
        <message>
            <source>began {} into the run</source>
            <translation>在运行开始后 {} 开始</translation>
        </message>
        <message>
            <source>took {}</source>
            <translation>用时 {}</translation>
        </message>
        <message>
            <source>{} of programs</source>
            <translation>程序用时 {}</translation>
        </message>
    </context>
    <context>
        <name>CallPassages</name>
        <message>
            <source>the documents of this run are not open, or have changed since</source>
            <translation>此次运行的文档没有打开，或此后已更改</translation>
        </message>
        <message>
            <source>the document can be shown when the run is over</source>
            <translation>运行结束后才能显示该文档</translation>
        </message>
    </context>
    <context>
        <name>CallRows</name>
        <message>
            <source>waiting</source>
            <translation>等待中</translation>
        </message>
        <message>
            <source>running its program</source>
            <translation>正在运行它的程序</translation>
        </message>
        <message>
            <source>thinking</source>
            <translation>正在思考</translation>
        </message>
        <message>
            <source>writing</source>
            <translation>正在写</translation>
        </message>
        <message>
            <source>, close</source>
            <translation>，难分</translation>
        </message>
        <message>
            <source>{} {} to {} of {}</source>
            <translation>{} {} 至 {}，共 {}</translation>
        </message>
        <message>
            <source>{}, {} failed</source>
            <translation>{}，{} 个失败</translation>
        </message>
        <message>
            <source>✓ {} done</source>
            <translation>✓ 完成 {} 个</translation>
        </message>
        <message>
            <source>… {} of {} done</source>
            <translation>… 完成 {} 个，共 {} 个</translation>
        </message>
        <message>
            <source>✗ {} failed</source>
            <translation>✗ {} 个失败</translation>
        </message>
        <message>
            <source>model {}</source>
            <translation>模型 {}</translation>
        </message>
        <message>
            <source>code {}</source>
            <translation>代码 {}</translation>
        </message>
        <message>
            <source>waiting {}</source>
            <translation>等待 {}</translation>
        </message>
    </context>
    <context>
        <name>CallTree</name>
        <message>
            <source>Columns of the tree of calls</source>
            <translation>调用树的列</translation>
        </message>
    </context>
    <context>
        <name>CallTreeItems</name>
        <message>
            <source>Call</source>
            <translation>调用</translation>
        </message>
        <message>
            <source>What was asked, and about which text</source>
            <translation>问了什么，关于哪段文本</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>How far it is, or how it ended</source>
            <translation>进行到哪里，或如何结束</translation>
        </message>
        <message>
            <source>When</source>
            <translation>时间轴</translation>
        </message>
        <message>
            <source>When in the run: filled where the model worked, full height where a program ran, a thin line where it waited</source>
            <translation>在运行中的时间：模型工作处为填充，程序运行处为全高，等待处为细线</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>用时</translation>
        </message>
        <message>
            <source>From start to end, with all calls below</source>
            <translation>从开始到结束，包括下面所有调用</translation>
        </message>
        <message>
            <source>Own</source>
            <translation>自身</translation>
        </message>
        <message>
            <source>Time of its own model and programs, without calls below</source>
            <translation>自身模型和程序的时间，不包括下面的调用</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>读取</translation>
        </message>
        <message>
            <source>Tokens that went in, with all calls below</source>
            <translation>输入的词元，包括下面所有调用</translation>
        </message>
        <message>
            <source>Written</source>
            <translation>写出</translation>
        </message>
        <message>
            <source>Tokens that came out, with all calls below</source>
            <translation>输出的词元，包括下面所有调用</translation>
        </message>
        <message>
            <source>Cached</source>
            <translation>缓存</translation>
        </message>
        <message>
            <source>Tokens of those read that were known already</source>
            <translation>读取的词元中已知的部分</translation>
        </message>
        <message>
            <source>Rate</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>Tokens read anew and written in a second</source>
            <translation>每秒新读取和写出的词元</translation>
        </message>
    </context>
    <context>
        <name>CallsView</name>
        <message>
            <source>Tree of calls</source>
            <translation>调用树</translation>
        </message>
        <message>
            <source>Calls that were found</source>
            <translation>找到的调用</translation>
        </message>
        <message>
            <source>The selected call</source>
            <translation>选中的调用</translation>
        </message>
        <message>
            <source>Select a call to see what was asked and replied.</source>
            <translation>选择一个调用，查看提问和回复。</translation>
        </message>
        <message>
            <source>Show in the document</source>
            <translation>在文档中显示</translation>
        </message>
        <message>
            <source>Show where the text stands that the call was given</source>
            <translation>显示交给该调用的文本所在位置</translation>
        </message>
        <message>
            <source>Copy reply</source>
            <translation>复制回复</translation>
        </message>
    </context>
    <context>
        <name>CodePage</name>
        <message>
            <source>Program {}</source>
            <translation>程序 {}</translation>
        </message>
        <message>
            <source>Sub-run {}, program {}</source>
            <translation>子运行 {}，程序 {}</translation>
        </message>
        <message>
            <source>{}, not by the model</source>
            <translation>{}，不是模型写的</translation>
        </message>
        <message>
            <source>The model is writing …</source>
            <translation>模型正在写…</translation>
        </message>
        <message>
            <source>Told the model: {}</source>
            <translation>告知模型：{}</translation>
        </message>
        <message>
            <source>Running …</source>
            <translation>正在运行…</translation>
        </message>
        <message>
            <source> · ■ blocked</source>
            <translation> · ■ 已阻止</translation>
        </message>
        <message>
            <source> · ✗ failed</source>
            <translation> · ✗ 失败</translation>
        </message>
        <message>
            <source>
Blocked: {}</source>
            <translation>
已阻止：{}</translation>
        </message>
        <message>
            <source>
It printed nothing.</source>
            <translation>
没有任何输出。</translation>
        </message>
        <message>
            <source>
Running …</source>
            <translation>
正在运行…</translation>
        </message>
        <message>
            <source>
… {} folded; “All output” shows them …
</source>
            <translation>
… 折叠了 {}；“全部输出”可显示 …
</translation>
        </message>
    </context>
    <context>
        <name>CodeView</name>
        <message>
            <source>Programs</source>
            <translation>程序</translation>
        </message>
        <message>
            <source>The model's programs and their output.</source>
            <translation>模型的程序及其输出。</translation>
        </message>
        <message>
            <source>Go to a program</source>
            <translation>转到一个程序</translation>
        </message>
        <message>
            <source>&amp;Copy program</source>
            <translation>复制程序(&amp;C)</translation>
        </message>
        <message>
            <source>Copy this program as it is shown (Ctrl+Shift+C)</source>
            <translation>按显示的样子复制此程序 (Ctrl+Shift+C)</translation>
        </message>
        <message>
            <source>Go another &amp;way</source>
            <translation>另辟蹊径(&amp;W)</translation>
        </message>
        <message>
            <source>Ask again with what came before this program; the model writes another one</source>
            <translation>保留此程序之前的内容再次提问；模型会写另一个程序</translation>
        </message>
        <message>
            <source>All &amp;output</source>
            <translation>全部输出(&amp;O)</translation>
        </message>
        <message>
            <source>Show all that this program printed (Ctrl+Shift+L)</source>
            <translation>显示此程序的全部输出 (Ctrl+Shift+L)</translation>
        </message>
    </context>
    <context>
        <name>ColumnsButton</name>
        <message>
            <source>Columns</source>
            <translation>列</translation>
        </message>
        <message>
            <source>Choose which columns are shown</source>
            <translation>选择显示哪些列</translation>
        </message>
    </context>
    <context>
        <name>Comparing</name>
        <message>
            <source>No answer</source>
            <translation>没有答案</translation>
        </message>
        <message>
            <source>Effort: {}</source>
            <translation>开销：{}</translation>
        </message>
        <message>
            <source>Run {}: {}</source>
            <translation>运行 {}：{}</translation>
        </message>
        <message>
            <source>Documents: {}</source>
            <translation>文档：{}</translation>
        </message>
        <message>
            <source>Model: {}</source>
            <translation>模型：{}</translation>
        </message>
        <message>
            <source>Status: {}</source>
            <translation>状态：{}</translation>
        </message>
        <message>
            <source>Read: {} of the text</source>
            <translation>读取：全文的 {}</translation>
        </message>
        <message>
            <source>Time: {}</source>
            <translation>用时：{}</translation>
        </message>
        <message>
            <source>Method: {}</source>
            <translation>方法：{}</translation>
        </message>
    </context>
    <context>
        <name>CoverageStrip</name>
        <message>
            <source>Parts of the documents that were read</source>
            <translation>文档中已读取的部分</translation>
        </message>
        <message>
            <source>this part was not read</source>
            <translation>这部分没有读取</translation>
        </message>
        <message>
            <source>; the answer rests on it</source>
            <translation>；答案以此为据</translation>
        </message>
        <message>
            <source>{} of the text was read. Left and Right go through the parts, Return shows one.</source>
            <translation>已读取全文的 {}。左右键在各部分间移动，回车键显示一个部分。</translation>
        </message>
        <message>
            <source>{} of this part was read</source>
            <translation>已读取这部分的 {}</translation>
        </message>
    </context>
    <context>
        <name>DocumentControl</name>
        <message>
            <source>one of the documents of the run</source>
            <translation>此次运行的一个文档</translation>
        </message>
    </context>
    <context>
        <name>DocumentList</name>
        <message>
            <source>✗ not read</source>
            <translation>✗ 没有读取</translation>
        </message>
        <message>
            <source>waiting to be read</source>
            <translation>等待读取</translation>
        </message>
        <message>
            <source>{} more were left out</source>
            <translation>另有 {} 个被略过</translation>
        </message>
        <message>
            <source>! left out: {}</source>
            <translation>! 略过：{}</translation>
        </message>
    </context>
    <context>
        <name>DocumentView</name>
        <message>
            <source>What is shown of the document</source>
            <translation>显示的是文档的哪里</translation>
        </message>
        <message>
            <source>Which passage of the answer</source>
            <translation>答案的哪个段落</translation>
        </message>
        <message>
            <source>Previous passage of the answer</source>
            <translation>答案的上一个段落</translation>
        </message>
        <message>
            <source>Next passage of the answer</source>
            <translation>答案的下一个段落</translation>
        </message>
        <message>
            <source>&amp;Wrap</source>
            <translation>自动换行(&amp;W)</translation>
        </message>
        <message>
            <source>Long lines go on in the next row</source>
            <translation>长行在下一行继续</translation>
        </message>
        <message>
            <source>Choose a passage below an answer, or press Return on a document,
to read it here.</source>
            <translation>选择答案下方的段落，或在文档上按回车键，
即可在此阅读。</translation>
        </message>
        <message>
            <source>Passage {} of {}</source>
            <translation>段落 {}，共 {}</translation>
        </message>
        <message>
            <source>Row</source>
            <translation>行</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>行</translation>
        </message>
        <message>
            <source>Row to go to</source>
            <translation>要转到的表格行</translation>
        </message>
        <message>
            <source>Line to go to</source>
            <translation>要转到的行</translation>
        </message>
        <message>
            <source>Go to this row</source>
            <translation>转到这一表格行</translation>
        </message>
        <message>
            <source>Go to this line</source>
            <translation>转到这一行</translation>
        </message>
    </context>
    <context>
        <name>DocumentsControl</name>
        <message>
            <source>there are no files to paste: copy some in a file manager first</source>
            <translation>没有可粘贴的文件：请先在文件管理器中复制</translation>
        </message>
        <message>
            <source>Reading {} ({} of {})</source>
            <translation>正在读取 {}（第 {} 个，共 {} 个）</translation>
        </message>
    </context>
    <context>
        <name>DocumentsView</name>
        <message>
            <source>Documents</source>
            <translation>文档</translation>
        </message>
        <message>
            <source>How much text there is</source>
            <translation>文本有多少</translation>
        </message>
        <message>
            <source>Drop files or folders here</source>
            <translation>把文件或文件夹拖到这里</translation>
        </message>
        <message>
            <source>Reading documents</source>
            <translation>正在读取文档</translation>
        </message>
        <message>
            <source>Add &amp;files…</source>
            <translation>添加文件(&amp;F)…</translation>
        </message>
        <message>
            <source>Add f&amp;older…</source>
            <translation>添加文件夹(&amp;O)…</translation>
        </message>
        <message>
            <source>Re&amp;move</source>
            <translation>移除(&amp;M)</translation>
        </message>
        <message>
            <source>Add files</source>
            <translation>添加文件</translation>
        </message>
        <message>
            <source>Add a folder</source>
            <translation>添加文件夹</translation>
        </message>
    </context>
    <context>
        <name>ErrorBar</name>
        <message>
            <source>Message</source>
            <translation>消息</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>发生了什么</translation>
        </message>
        <message>
            <source>&amp;Details</source>
            <translation>详情(&amp;D)</translation>
        </message>
        <message>
            <source>Dis&amp;miss</source>
            <translation>关闭(&amp;M)</translation>
        </message>
        <message>
            <source>Dismiss the message</source>
            <translation>关闭此消息</translation>
        </message>
        <message>
            <source>Details of the error</source>
            <translation>错误详情</translation>
        </message>
    </context>
    <context>
        <name>EvidenceList</name>
        <message>
            <source>line {}</source>
            <translation>第 {} 行</translation>
        </message>
        <message>
            <source>page {}</source>
            <translation>第 {} 页</translation>
        </message>
    </context>
    <context>
        <name>FindBar</name>
        <message>
            <source>Find in the document</source>
            <translation>在文档中查找</translation>
        </message>
        <message>
            <source>Regular e&amp;xpression</source>
            <translation>正则表达式(&amp;X)</translation>
        </message>
        <message>
            <source>How often it was found</source>
            <translation>找到了多少次</translation>
        </message>
        <message>
            <source>Previous match (Shift+F3)</source>
            <translation>上一个匹配 (Shift+F3)</translation>
        </message>
        <message>
            <source>Next match (F3)</source>
            <translation>下一个匹配 (F3)</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>未找到</translation>
        </message>
        <message>
            <source>searching …</source>
            <translation>正在搜索…</translation>
        </message>
        <message>
            <source>{} so far, {} searched</source>
            <translation>目前 {} 个，已搜索 {}</translation>
        </message>
        <message>
            <source>{} of {}</source>
            <translation>第 {} 个，共 {} 个</translation>
        </message>
        <message>
            <source>No regular expression: {}</source>
            <translation>不是正则表达式：{}</translation>
        </message>
    </context>
    <context>
        <name>Following</name>
        <message>
            <source>Stay at the end while the run goes on</source>
            <translation>运行时停留在末尾</translation>
        </message>
        <message>
            <source>Follow the run</source>
            <translation>跟随运行</translation>
        </message>
        <message>
            <source>✓ Following</source>
            <translation>✓ 跟随中</translation>
        </message>
        <message>
            <source>Follow</source>
            <translation>跟随</translation>
        </message>
    </context>
    <context>
        <name>FormButton</name>
        <message>
            <source>As text</source>
            <translation>文本</translation>
        </message>
        <message>
            <source>As table</source>
            <translation>表格</translation>
        </message>
        <message>
            <source>Show the document as it stands (Alt+B)</source>
            <translation>按原样显示文档 (Alt+B)</translation>
        </message>
        <message>
            <source>Show the rows of the document in columns (Alt+B)</source>
            <translation>分列显示文档的行 (Alt+B)</translation>
        </message>
    </context>
    <context>
        <name>GgufDialog</name>
        <message>
            <source>Models (*.gguf)</source>
            <translation>模型 (*.gguf)</translation>
        </message>
    </context>
    <context>
        <name>KeptRunsControl</name>
        <message>
            <source>Logs of rlms (*.jsonl)</source>
            <translation>rlms 日志 (*.jsonl)</translation>
        </message>
        <message>
            <source>Web page (*.html)</source>
            <translation>网页 (*.html)</translation>
        </message>
        <message>
            <source>PDF (*.pdf)</source>
            <translation>PDF (*.pdf)</translation>
        </message>
        <message>
            <source>Markdown (*.md)</source>
            <translation>Markdown (*.md)</translation>
        </message>
        <message>
            <source>JSON (*.json)</source>
            <translation>JSON (*.json)</translation>
        </message>
        <message>
            <source>Events (*.jsonl)</source>
            <translation>事件 (*.jsonl)</translation>
        </message>
        <message>
            <source>Log of rlms (*.rlms.jsonl)</source>
            <translation>rlms 日志 (*.rlms.jsonl)</translation>
        </message>
        <message>
            <source>Export the run</source>
            <translation>导出运行</translation>
        </message>
        <message>
            <source>Import a log</source>
            <translation>导入日志</translation>
        </message>
        <message>
            <source>Two runs</source>
            <translation>两次运行</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Open folder</source>
            <translation>打开文件夹(&amp;O)</translation>
        </message>
        <message>
            <source>there is no run to export: ask a question, or open a past run</source>
            <translation>没有可导出的运行：请提问，或打开一次过去的运行</translation>
        </message>
        <message>
            <source>run {}</source>
            <translation>运行 {}</translation>
        </message>
        <message>
            <source>Run {} is in the trash</source>
            <translation>运行 {} 已移到回收站</translation>
        </message>
        <message>
            <source>Written to {}</source>
            <translation>已写入 {}</translation>
        </message>
    </context>
    <context>
        <name>KeptSettings</name>
        <message>
            <source>the settings cannot be kept: {}</source>
            <translation>无法保存设置：{}</translation>
        </message>
    </context>
    <context>
        <name>LaterStarts</name>
        <message>
            <source>A run is going on: the documents are opened when it has ended.</source>
            <translation>正在运行：文档将在运行结束后打开。</translation>
        </message>
    </context>
    <context>
        <name>Layout</name>
        <message>
            <source>Details of the run</source>
            <translation>运行详情</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>代码</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>调用</translation>
        </message>
        <message>
            <source>Document</source>
            <translation>文档</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>页面</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>this run was interrupted: the program, or the computer, ended before it</source>
            <translation>此次运行被中断：程序或电脑先于它结束</translation>
        </message>
    </context>
    <context>
        <name>MemoryChoice</name>
        <message>
            <source>Context in tokens</source>
            <translation>上下文词元数</translation>
        </message>
        <message>
            <source>usual</source>
            <translation>通常</translation>
        </message>
        <message>
            <source>Layers on a graphics card</source>
            <translation>显卡上的层数</translation>
        </message>
        <message>
            <source>as many as fit</source>
            <translation>尽可能多</translation>
        </message>
        <message>
            <source>Memory needed with this</source>
            <translation>由此需要的内存</translation>
        </message>
        <message>
            <source>C&amp;ontext, in tokens</source>
            <translation>上下文词元数(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Layers on a graphics card</source>
            <translation>显卡上的层数(&amp;L)</translation>
        </message>
        <message>
            <source>, with room for {} tokens</source>
            <translation>，可容纳 {} 个词元</translation>
        </message>
        <message>
            <source>Needs {} of memory, {} free, and {} on the graphics card</source>
            <translation>需要 {} 内存，空闲 {}，显卡上需要 {}</translation>
        </message>
        <message>
            <source>Needs {} of memory, {} free</source>
            <translation>需要 {} 内存，空闲 {}</translation>
        </message>
    </context>
    <context>
        <name>Menus</name>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>Add &amp;files…</source>
            <translation>添加文件(&amp;F)…</translation>
        </message>
        <message>
            <source>Add f&amp;older…</source>
            <translation>添加文件夹(&amp;O)…</translation>
        </message>
        <message>
            <source>&amp;Paste files</source>
            <translation>粘贴文件(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Recent</source>
            <translation>最近打开(&amp;R)</translation>
        </message>
        <message>
            <source>Use another &amp;GGUF file…</source>
            <translation>使用其他 GGUF 文件(&amp;G)…</translation>
        </message>
        <message>
            <source>&amp;Models…</source>
            <translation>模型(&amp;M)…</translation>
        </message>
        <message>
            <source>&amp;Export the run…</source>
            <translation>导出运行(&amp;E)…</translation>
        </message>
        <message>
            <source>&amp;Import a log of rlms…</source>
            <translation>导入 rlms 日志(&amp;I)…</translation>
        </message>
        <message>
            <source>&amp;Settings…</source>
            <translation>设置(&amp;S)…</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Run</source>
            <translation>运行(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;New question</source>
            <translation>新问题(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Ask</source>
            <translation>提问(&amp;A)</translation>
        </message>
        <message>
            <source>Ask a&amp;gain, or change it</source>
            <translation>再次提问或修改(&amp;G)</translation>
        </message>
        <message>
            <source>Go another &amp;way from this program</source>
            <translation>从此程序另辟蹊径(&amp;W)</translation>
        </message>
        <message>
            <source>&amp;Pause, or go on</source>
            <translation>暂停或继续(&amp;P)</translation>
        </message>
        <message>
            <source>Answer with what you &amp;have</source>
            <translation>用已知内容回答(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation>停止(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Compare with plain chat</source>
            <translation>与普通聊天比较(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Find a past run</source>
            <translation>查找过去的运行(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Find in the document</source>
            <translation>在文档中查找(&amp;F)</translation>
        </message>
        <message>
            <source>Find n&amp;ext</source>
            <translation>查找下一个(&amp;E)</translation>
        </message>
        <message>
            <source>Find p&amp;revious</source>
            <translation>查找上一个(&amp;R)</translation>
        </message>
        <message>
            <source>Co&amp;mmands…</source>
            <translation>命令(&amp;M)…</translation>
        </message>
        <message>
            <source>&amp;Next pane</source>
            <translation>下一个窗格(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Larger text</source>
            <translation>放大文字(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Smaller text</source>
            <translation>缩小文字(&amp;S)</translation>
        </message>
        <message>
            <source>N&amp;ormal text</source>
            <translation>正常文字(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Read the answer in full screen</source>
            <translation>全屏阅读答案(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Code</source>
            <translation>代码(&amp;C)</translation>
        </message>
        <message>
            <source>C&amp;alls</source>
            <translation>调用(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Document</source>
            <translation>文档(&amp;D)</translation>
        </message>
        <message>
            <source>Pa&amp;ge of a PDF</source>
            <translation>PDF 页面(&amp;G)</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>主题(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Simple: conversation and document</source>
            <translation>简洁：对话和文档(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Full</source>
            <translation>完整(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Expert: programs and calls wide, no sidebar</source>
            <translation>专家：加宽程序和调用，无侧栏(&amp;E)</translation>
        </message>
        <message>
            <source>As the &amp;system</source>
            <translation>跟随系统(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>浅色(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation>深色(&amp;D)</translation>
        </message>
    </context>
    <context>
        <name>ModelCard</name>
        <message>
            <source>{}, licence {}. {} It is kept on this machine and works without a network.</source>
            <translation>{}，许可证 {}。{} 它保存在本机，无需网络即可工作。</translation>
        </message>
        <message>
            <source>The model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>What is missing</source>
            <translation>缺少什么</translation>
        </message>
        <message>
            <source>About the model</source>
            <translation>关于模型</translation>
        </message>
        <message>
            <source>How far it is</source>
            <translation>进行到哪里</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>&amp;Get it</source>
            <translation>获取(&amp;G)</translation>
        </message>
        <message>
            <source>Sto&amp;p</source>
            <translation>停止(&amp;P)</translation>
        </message>
        <message>
            <source>What arrived is kept, and getting it goes on from there</source>
            <translation>已收到的会保留，下次从那里继续</translation>
        </message>
        <message>
            <source>Use my own GG&amp;UF file…</source>
            <translation>使用我自己的 GGUF 文件(&amp;U)…</translation>
        </message>
        <message>
            <source>&amp;Other models…</source>
            <translation>其他模型(&amp;O)…</translation>
        </message>
        <message>
            <source>First of all the program needs a model, once</source>
            <translation>首先，程序需要一个模型（只需一次）</translation>
        </message>
        <message>
            <source>&amp;Get it ({})</source>
            <translation>获取 ({})(&amp;G)</translation>
        </message>
    </context>
    <context>
        <name>ModelControl</name>
        <message>
            <source>not loaded yet</source>
            <translation>尚未加载</translation>
        </message>
        <message>
            <source>Use a GGUF file</source>
            <translation>使用 GGUF 文件</translation>
        </message>
        <message>
            <source>✓ loaded</source>
            <translation>✓ 已加载</translation>
        </message>
        <message>
            <source>✗ not loaded</source>
            <translation>✗ 未加载</translation>
        </message>
    </context>
    <context>
        <name>ModelJobs</name>
        <message>
            <source>✓ It is here, and whole: its hash is right</source>
            <translation>✓ 已获取且完整：校验值正确</translation>
        </message>
        <message>
            <source>Waiting for another program that gets this model</source>
            <translation>等待另一个程序获取此模型</translation>
        </message>
        <message>
            <source>Checking that it arrived whole</source>
            <translation>正在检查是否完整收到</translation>
        </message>
        <message>
            <source>: {} of {}</source>
            <translation>：{}，共 {}</translation>
        </message>
        <message>
            <source>Task {} of {}</source>
            <translation>任务 {}，共 {}</translation>
        </message>
        <message>
            <source>Stopped. What arrived is kept: Get goes on there.</source>
            <translation>已停止。已收到的会保留：“获取”将从那里继续。</translation>
        </message>
        <message>
            <source>Getting {}</source>
            <translation>正在获取 {}</translation>
        </message>
        <message>
            <source>, about {} left</source>
            <translation>，大约还需 {}</translation>
        </message>
        <message>
            <source>Checking that the file is whole</source>
            <translation>正在检查文件是否完整</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>正在加载模型</translation>
        </message>
        <message>
            <source>Stopped: the check says nothing, and can be begun again</source>
            <translation>已停止：检查没有结论，可以重新开始</translation>
        </message>
        <message>
            <source>Checking {}</source>
            <translation>正在检查 {}</translation>
        </message>
        <message>
            <source>Getting it from {}</source>
            <translation>正在从 {} 获取</translation>
        </message>
    </context>
    <context>
        <name>ModelPicker</name>
        <message>
            <source>Fetch it ({:.1f} GB) with: rlm-desktop models get {}</source>
            <translation>获取它 ({:.1f} GB)：rlm-desktop models get {}</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Mode&amp;l</source>
            <translation>模型(&amp;L)</translation>
        </message>
        <message>
            <source>State of the model</source>
            <translation>模型的状态</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>正在加载模型</translation>
        </message>
        <message>
            <source>Use another GGUF file…</source>
            <translation>使用其他 GGUF 文件…</translation>
        </message>
        <message>
            <source>loading</source>
            <translation>加载中</translation>
        </message>
        <message>
            <source>{}, {:.1f} GB, licence {}</source>
            <translation>{}，{:.1f} GB，许可证 {}</translation>
        </message>
        <message>
            <source>Server at {}</source>
            <translation>服务器 {}</translation>
        </message>
        <message>
            <source>{} (not here)</source>
            <translation>{}（不在本机）</translation>
        </message>
    </context>
    <context>
        <name>ModelRows</name>
        <message>
            <source>{} (in use)</source>
            <translation>{}（使用中）</translation>
        </message>
        <message>
            <source>✗ its file is gone</source>
            <translation>✗ 文件不见了</translation>
        </message>
        <message>
            <source>✗ cannot be used</source>
            <translation>✗ 无法使用</translation>
        </message>
        <message>
            <source>✓ here</source>
            <translation>✓ 在本机</translation>
        </message>
        <message>
            <source>not here yet</source>
            <translation>尚未获取</translation>
        </message>
        <message>
            <source>✓ fits: needs {} of memory, {} free</source>
            <translation>✓ 合适：需要 {} 内存，空闲 {}</translation>
        </message>
        <message>
            <source>! slow: needs {} of memory, {} free</source>
            <translation>! 较慢：需要 {} 内存，空闲 {}</translation>
        </message>
        <message>
            <source>✗ won't fit: needs {} of memory, {} free</source>
            <translation>✗ 放不下：需要 {} 内存，空闲 {}</translation>
        </message>
        <message>
            <source>✗ won't fit: needs over {} of memory, {} free</source>
            <translation>✗ 放不下：需要 {} 以上内存，空闲 {}</translation>
        </message>
        <message>
            <source>! may be slow: needs over {} of memory, {} free</source>
            <translation>! 可能较慢：需要 {} 以上内存，空闲 {}</translation>
        </message>
        <message>
            <source>should fit: needs over {} of memory, {} free</source>
            <translation>应该合适：需要 {} 以上内存，空闲 {}</translation>
        </message>
        <message>
            <source>Not checked yet: Check tries in some minutes what it is good for.</source>
            <translation>尚未检查：“检查”用几分钟测试它适合做什么。</translation>
        </message>
        <message>
            <source>Checked {}: {}</source>
            <translation>检查于 {}：{}</translation>
        </message>
    </context>
    <context>
        <name>ModelsControl</name>
        <message>
            <source>The file of {} ({}) will be deleted; it can be fetched again.</source>
            <translation>{} 的文件 ({}) 将被删除；可以重新获取。</translation>
        </message>
        <message>
            <source>Add a GGUF file</source>
            <translation>添加 GGUF 文件</translation>
        </message>
        <message>
            <source>{} was deleted: {} are free again</source>
            <translation>{} 已删除：重新空出 {}</translation>
        </message>
        <message>
            <source>{}: loading, {}</source>
            <translation>{}：加载中，{}</translation>
        </message>
        <message>
            <source>It is loaded: free the memory first</source>
            <translation>它已加载：请先释放内存</translation>
        </message>
        <message>
            <source>De&amp;lete it</source>
            <translation>删除(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <source>Kept. It holds when the model is loaded again: free the memory, and ask.</source>
            <translation>已保存。模型重新加载后生效：请释放内存，然后提问。</translation>
        </message>
        <message>
            <source>&amp;Look again</source>
            <translation>重新查看(&amp;L)</translation>
        </message>
        <message>
            <source>✓ {} is on the list; its file stays where it is</source>
            <translation>✓ {} 已在列表中；文件留在原处</translation>
        </message>
        <message>
            <source>{} is off the list; its file stays.</source>
            <translation>{} 已从列表移除；文件保留。</translation>
        </message>
        <message>
            <source>{} is not loaded: the next question loads it</source>
            <translation>{} 未加载：下一个问题会加载它</translation>
        </message>
        <message>
            <source>✓ {} is loaded</source>
            <translation>✓ {} 已加载</translation>
        </message>
    </context>
    <context>
        <name>ModelsView</name>
        <message>
            <source>Models</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>State of the model in use</source>
            <translation>使用中模型的状态</translation>
        </message>
        <message>
            <source>&amp;Free the memory</source>
            <translation>释放内存(&amp;F)</translation>
        </message>
        <message>
            <source>About this model</source>
            <translation>关于此模型</translation>
        </message>
        <message>
            <source>&amp;Get</source>
            <translation>获取(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Use</source>
            <translation>使用(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Check</source>
            <translation>检查(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Remove</source>
            <translation>移除(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Add a GGUF file…</source>
            <translation>添加 GGUF 文件(&amp;A)…</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>What is going on</source>
            <translation>正在做什么</translation>
        </message>
        <message>
            <source>Ca&amp;ncel</source>
            <translation>取消(&amp;N)</translation>
        </message>
        <message>
            <source>Model that answers the sub-calls</source>
            <translation>回答子问题的模型</translation>
        </message>
        <message>
            <source>the same model</source>
            <translation>同一个模型</translation>
        </message>
        <message>
            <source>&amp;Sub-calls are answered by</source>
            <translation>子问题由谁回答(&amp;S)</translation>
        </message>
    </context>
    <context>
        <name>NoticeBar</name>
        <message>
            <source>⚠ Questions and texts leave this machine: they are sent to {}.</source>
            <translation>⚠ 问题和文本离开本机：发送到 {}。</translation>
        </message>
        <message>
            <source>Notice</source>
            <translation>提示</translation>
        </message>
        <message>
            <source>Where texts are sent to</source>
            <translation>文本发送到哪里</translation>
        </message>
        <message>
            <source>Where the texts of this run were sent to</source>
            <translation>此次运行的文本发送到了哪里</translation>
        </message>
        <message>
            <source>⚠ The texts of this run were sent to {}.</source>
            <translation>⚠ 此次运行的文本已发送到 {}。</translation>
        </message>
    </context>
    <context>
        <name>PageView</name>
        <message>
            <source>Document whose page is shown</source>
            <translation>显示其页面的文档</translation>
        </message>
        <message>
            <source>Previous page</source>
            <translation>上一页</translation>
        </message>
        <message>
            <source>Next page</source>
            <translation>下一页</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>页</translation>
        </message>
        <message>
            <source>What is known of the page</source>
            <translation>关于此页面的信息</translation>
        </message>
        <message>
            <source>Picture of the page</source>
            <translation>页面的图片</translation>
        </message>
        <message>
            <source>the passage is marked</source>
            <translation>段落已标出</translation>
        </message>
        <message>
            <source>The passage is on this page; where could not be told</source>
            <translation>段落在此页上；无法确定具体位置</translation>
        </message>
        <message>
            <source> of {}</source>
            <translation> / {}</translation>
        </message>
    </context>
    <context>
        <name>Palette</name>
        <message>
            <source>Commands</source>
            <translation>命令</translation>
        </message>
        <message>
            <source>A command, a past question, a document</source>
            <translation>命令、过去的问题或文档</translation>
        </message>
        <message>
            <source>Command to look for</source>
            <translation>要查找的命令</translation>
        </message>
        <message>
            <source>Commands that fit</source>
            <translation>符合的命令</translation>
        </message>
    </context>
    <context>
        <name>PaletteControl</name>
        <message>
            <source>document · read it</source>
            <translation>文档 · 阅读</translation>
        </message>
        <message>
            <source>past run · {}</source>
            <translation>过去的运行 · {}</translation>
        </message>
    </context>
    <context>
        <name>PlainChat</name>
        <message>
            <source>there is no run to compare: ask a question, or open a past run</source>
            <translation>没有可比较的运行：请提问，或打开一次过去的运行</translation>
        </message>
        <message>
            <source>to compare, load the model and open the documents of the run first</source>
            <translation>要比较，请先加载模型并打开该运行的文档</translation>
        </message>
        <message>
            <source>With and without the loop</source>
            <translation>有循环和无循环</translation>
        </message>
        <message>
            <source>Reading the beginning of the text …</source>
            <translation>正在读取文本的开头…</translation>
        </message>
        <message>
            <source>Plain chat with the same model</source>
            <translation>同一模型的普通聊天</translation>
        </message>
        <message>
            <source>No answer</source>
            <translation>没有答案</translation>
        </message>
        <message>
            <source>Shown: {} of the text</source>
            <translation>显示：全文的 {}</translation>
        </message>
        <message>
            <source>Time: {}</source>
            <translation>用时：{}</translation>
        </message>
        <message>
            <source>Effort: {}</source>
            <translation>开销：{}</translation>
        </message>
    </context>
    <context>
        <name>ProofLine</name>
        <message>
            <source>Nothing leaves this machine.</source>
            <translation>任何内容都不会离开本机。</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>隐私</translation>
        </message>
        <message>
            <source>Put it to the &amp;test</source>
            <translation>检验一下(&amp;T)</translation>
        </message>
        <message>
            <source>Locks a process in as it is done with the programs of the model, and tries</source>
            <translation>像对待模型的程序那样锁住一个进程，然后尝试</translation>
        </message>
        <message>
            <source>What the test showed</source>
            <translation>检验结果</translation>
        </message>
        <message>
            <source>✗ {}. So no code is run here, and only short texts can be asked about.</source>
            <translation>✗ {}。因此这里不运行代码，只能询问短文本。</translation>
        </message>
        <message>
            <source>✓ Tried just now: a process locked in like the one that runs the programs of the model could open no file, make no connection, start no program.</source>
            <translation>✓ 刚刚试过：一个像运行模型程序那样被锁住的进程无法打开文件、建立连接或启动程序。</translation>
        </message>
    </context>
    <context>
        <name>QuestionView</name>
        <message>
            <source>Question</source>
            <translation>问题</translation>
        </message>
        <message>
            <source>What do you want to know? Ctrl+Return asks.</source>
            <translation>您想知道什么？Ctrl+回车 提问。</translation>
        </message>
        <message>
            <source>How thorough</source>
            <translation>彻底程度</translation>
        </message>
        <message>
            <source>&amp;Effort</source>
            <translation>力度(&amp;E)</translation>
        </message>
        <message>
            <source>Follow &amp;up on this answer</source>
            <translation>接着此答案追问(&amp;U)</translation>
        </message>
        <message>
            <source>The question may refer to the one before: “And in 2032?”, “When was she born?”</source>
            <translation>问题可以指代前一个：“那 2032 年呢？”“她何时出生？”</translation>
        </message>
        <message>
            <source>&amp;Ask</source>
            <translation>提问(&amp;A)</translation>
        </message>
        <message>
            <source>Ask the question (Ctrl+Return)</source>
            <translation>提出问题 (Ctrl+回车)</translation>
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation>停止(&amp;S)</translation>
        </message>
        <message>
            <source>Stop the run; what is known so far is kept (Ctrl+.)</source>
            <translation>停止运行；已知内容会保留 (Ctrl+.)</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>暂停(&amp;P)</translation>
        </message>
        <message>
            <source>Answer &amp;now</source>
            <translation>立即回答(&amp;N)</translation>
        </message>
        <message>
            <source>Answer with what is known so far (Ctrl+Shift+Return)</source>
            <translation>用目前已知的内容回答 (Ctrl+Shift+回车)</translation>
        </message>
        <message>
            <source>Quick look, up to 5 minutes</source>
            <translation>快速查看，最多 5 分钟</translation>
        </message>
        <message>
            <source>Thorough, up to 14 minutes</source>
            <translation>彻底，最多 14 分钟</translation>
        </message>
        <message>
            <source>Everything, up to 4 hours</source>
            <translation>全部，最多 4 小时</translation>
        </message>
        <message>
            <source>As in the settings, up to {:g} minutes</source>
            <translation>按设置，最多 {:g} 分钟</translation>
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation>继续(&amp;G)</translation>
        </message>
        <message>
            <source>Let the run go on</source>
            <translation>让运行继续</translation>
        </message>
        <message>
            <source>Let the run wait, and give the processor to others</source>
            <translation>让运行等待，把处理器让给别的程序</translation>
        </message>
    </context>
    <context>
        <name>ReadingWindow</name>
        <message>
            <source>Answer</source>
            <translation>答案</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
    </context>
    <context>
        <name>RecentFiles</name>
        <message>
            <source>&amp;Forget these</source>
            <translation>忘记这些(&amp;F)</translation>
        </message>
    </context>
    <context>
        <name>RunControl</name>
        <message>
            <source>The run has ended</source>
            <translation>运行已结束</translation>
        </message>
    </context>
    <context>
        <name>RunList</name>
        <message>
            <source>Pinned</source>
            <translation>已置顶</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>昨天</translation>
        </message>
        <message>
            <source>! interrupted</source>
            <translation>! 已中断</translation>
        </message>
    </context>
    <context>
        <name>RunStatus</name>
        <message>
            <source>What goes on</source>
            <translation>正在做什么</translation>
        </message>
        <message>
            <source>Time and calls</source>
            <translation>时间和调用</translation>
        </message>
        <message>
            <source>Answering with what is known so far …</source>
            <translation>正在用目前已知的内容回答…</translation>
        </message>
        <message>
            <source>Paused: the step at hand is finished, then it waits</source>
            <translation>已暂停：完成手头的步骤后等待</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>就绪</translation>
        </message>
        <message>
            <source>Waiting for the model and the documents; then it begins</source>
            <translation>等待模型和文档；然后开始</translation>
        </message>
        <message>
            <source>Running …</source>
            <translation>正在运行…</translation>
        </message>
        <message>
            <source>Stopping …</source>
            <translation>正在停止…</translation>
        </message>
        <message>
            <source>The model answers as a plain chat …</source>
            <translation>模型正以普通聊天方式回答…</translation>
        </message>
        <message>
            <source>Opening a past run …</source>
            <translation>正在打开过去的运行…</translation>
        </message>
        <message>
            <source>at most {} in all</source>
            <translation>总共最多 {}</translation>
        </message>
        <message>
            <source>{} of {} pieces read</source>
            <translation>已读取 {} 块，共 {} 块</translation>
        </message>
        <message>
            <source>about {} left for them</source>
            <translation>这些大约还需 {}</translation>
        </message>
    </context>
    <context>
        <name>RunView</name>
        <message>
            <source>Conversation</source>
            <translation>对话</translation>
        </message>
    </context>
    <context>
        <name>RunsView</name>
        <message>
            <source>Past runs</source>
            <translation>过去的运行</translation>
        </message>
        <message>
            <source>Search questions, answers, documents, #tags</source>
            <translation>搜索问题、答案、文档、#标签</translation>
        </message>
        <message>
            <source>Search past runs</source>
            <translation>搜索过去的运行</translation>
        </message>
        <message>
            <source>&amp;Rename, or add #tags</source>
            <translation>重命名或添加 #标签(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Pin to the top</source>
            <translation>置顶(&amp;P)</translation>
        </message>
        <message>
            <source>Move to the &amp;trash</source>
            <translation>移到回收站(&amp;T)</translation>
        </message>
        <message>
            <source>Take &amp;out of the trash</source>
            <translation>从回收站取出(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Compare two</source>
            <translation>比较两次运行(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Show the trash</source>
            <translation>显示回收站(&amp;S)</translation>
        </message>
        <message>
            <source>What can be done with a past run</source>
            <translation>可以对过去的运行做什么</translation>
        </message>
        <message>
            <source>Un&amp;pin</source>
            <translation>取消置顶(&amp;P)</translation>
        </message>
        <message>
            <source>Trash</source>
            <translation>回收站</translation>
        </message>
    </context>
    <context>
        <name>SafeBrowser</name>
        <message>
            <source>[picture: {}]</source>
            <translation>[图片：{}]</translation>
        </message>
    </context>
    <context>
        <name>SettingBoxes</name>
        <message>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>Open the folder</source>
            <translation>打开文件夹</translation>
        </message>
    </context>
    <context>
        <name>SettingsControl</name>
        <message>
            <source> pt</source>
            <translation> 磅</translation>
        </message>
        <message>
            <source>Open the Models window</source>
            <translation>打开模型窗口</translation>
        </message>
        <message>
            <source>Move all to the trash</source>
            <translation>全部移到回收站</translation>
        </message>
        <message>
            <source>Empty the trash…</source>
            <translation>清空回收站…</translation>
        </message>
        <message>
            <source>What is in the trash will be deleted, and cannot be brought back.</source>
            <translation>回收站中的内容将被删除，无法恢复。</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>外观</translation>
        </message>
        <message>
            <source>Questions</source>
            <translation>问题</translation>
        </message>
        <message>
            <source>Processor</source>
            <translation>处理器</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>隐私</translation>
        </message>
        <message>
            <source>A server of your own</source>
            <translation>您自己的服务器</translation>
        </message>
        <message>
            <source>Folders</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Keyboard</source>
            <translation>键盘</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <source>Light or dark, or as the system has it</source>
            <translation>浅色或深色，或跟随系统</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Of the window, from the next start on; the model answers as it is asked</source>
            <translation>窗口的语言，下次启动起生效；模型按提问的语言回答</translation>
        </message>
        <message>
            <source>Open with what was open last</source>
            <translation>打开上次的内容</translation>
        </message>
        <message>
            <source>The documents and the run, where the program starts without others</source>
            <translation>程序启动时若没有指定，则打开上次的文档和运行</translation>
        </message>
        <message>
            <source>Size of the text</source>
            <translation>文字大小</translation>
        </message>
        <message>
            <source>In all windows. Ctrl++ and Ctrl+- change it too, Ctrl+0 resets it.</source>
            <translation>用于所有窗口。Ctrl++ 和 Ctrl+- 也可更改，Ctrl+0 重置。</translation>
        </message>
        <message>
            <source>Time for a question</source>
            <translation>每个问题的时间</translation>
        </message>
        <message>
            <source>When it is over, the best answer so far is given, and marked as forced</source>
            <translation>时间用完时，给出目前最好的答案，并标明是强制得出的</translation>
        </message>
        <message>
            <source>Time for one program</source>
            <translation>每个程序的时间</translation>
        </message>
        <message>
            <source>A program of the model that computes longer is stopped and corrected</source>
            <translation>模型的程序计算超过此时间会被停止并纠正</translation>
        </message>
        <message>
            <source>Memory for programs</source>
            <translation>程序的内存</translation>
        </message>
        <message>
            <source>The programs of the model get no more; the document does not count</source>
            <translation>模型的程序不能使用更多；文档不计算在内</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>线程</translation>
        </message>
        <message>
            <source>How many the model computes with, from when it is loaded again. Fewer leave more of the computer to you, and answers take longer.</source>
            <translation>模型重新加载后用多少线程计算。越少，留给您的电脑资源越多，但回答更慢。</translation>
        </message>
        <message>
            <source>Model, context, graphics card</source>
            <translation>模型、上下文、显卡</translation>
        </message>
        <message>
            <source>With what each costs in memory, and a smaller model for sub-calls</source>
            <translation>以及各自占用的内存，和回答子问题的较小模型</translation>
        </message>
        <message>
            <source>Keep past runs</source>
            <translation>保留过去的运行</translation>
        </message>
        <message>
            <source>A run is kept with its question, programs, what was read, and the answer. Older ones are deleted when the program starts; those that are pinned stay.</source>
            <translation>一次运行连同问题、程序、读取的内容和答案一起保留。程序启动时删除更早的；置顶的会保留。</translation>
        </message>
        <message>
            <source>All past runs</source>
            <translation>所有过去的运行</translation>
        </message>
        <message>
            <source>They can be taken out of the trash until it is emptied</source>
            <translation>在清空回收站之前都可以取回</translation>
        </message>
        <message>
            <source>Trash</source>
            <translation>回收站</translation>
        </message>
        <message>
            <source>Deletes what is in it for good, and overwrites it in the file</source>
            <translation>永久删除其中的内容，并在文件中覆盖</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>地址</translation>
        </message>
        <message>
            <source>Of an OpenAI-compatible server, such as http://192.168.1.5:8080, from the next start on. Then what is asked about is SENT TO IT, and each run says so. Empty: nothing leaves this machine.</source>
            <translation>兼容 OpenAI 的服务器，例如 http://192.168.1.5:8080，下次启动起生效。此后所询问的内容会发送到该服务器，每次运行都会注明。留空：任何内容都不会离开本机。</translation>
        </message>
        <message>
            <source>Name of its model</source>
            <translation>其模型的名称</translation>
        </message>
        <message>
            <source>Empty if the server has one only</source>
            <translation>如果服务器只有一个模型，可留空</translation>
        </message>
        <message>
            <source>Tokens it takes at once</source>
            <translation>一次可接受的词元数</translation>
        </message>
        <message>
            <source>Needed only if the server does not tell</source>
            <translation>仅当服务器不告知时需要</translation>
        </message>
        <message>
            <source>Everything that is kept</source>
            <translation>保留的一切</translation>
        </message>
        <message>
            <source>Recipes of your own</source>
            <translation>您自己的配方</translation>
        </message>
        <message>
            <source>De&amp;lete it</source>
            <translation>删除(&amp;L)</translation>
        </message>
        <message>
            <source> minutes</source>
            <translation> 分钟</translation>
        </message>
        <message>
            <source> seconds</source>
            <translation> 秒</translation>
        </message>
        <message>
            <source> MB</source>
            <translation> MB</translation>
        </message>
        <message>
            <source>one for each core</source>
            <translation>每个核心一个</translation>
        </message>
        <message>
            <source> days</source>
            <translation> 天</translation>
        </message>
        <message>
            <source>for ever</source>
            <translation>永久</translation>
        </message>
        <message>
            <source>as it tells</source>
            <translation>由服务器告知</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <source>{} runs were deleted for good</source>
            <translation>已永久删除 {} 次运行</translation>
        </message>
        <message>
            <source>{}: runs, models, settings. RLM_DESKTOP_HOME moves it.</source>
            <translation>{}：运行、模型、设置。可用 RLM_DESKTOP_HOME 移动。</translation>
        </message>
        <message>
            <source>{}: worked examples that the model follows, as Markdown files</source>
            <translation>{}：模型所遵循的示例，为 Markdown 文件</translation>
        </message>
        <message>
            <source>In the menu {}</source>
            <translation>在菜单 {} 中</translation>
        </message>
        <message>
            <source>{} runs are in the trash</source>
            <translation>{} 次运行在回收站中</translation>
        </message>
    </context>
    <context>
        <name>SettingsView</name>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Search the settings</source>
            <translation>搜索设置</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>找到的内容</translation>
        </message>
        <message>
            <source>No setting has these words</source>
            <translation>没有设置包含这些词</translation>
        </message>
    </context>
    <context>
        <name>SideBySide</name>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>left</source>
            <translation>左</translation>
        </message>
        <message>
            <source>right</source>
            <translation>右</translation>
        </message>
    </context>
    <context>
        <name>Story</name>
        <message>
            <source>The model was interrupted while it was writing</source>
            <translation>模型在写的过程中被中断</translation>
        </message>
        <message>
            <source>A limit was reached: answering from what is known so far</source>
            <translation>达到限制：用目前已知的内容回答</translation>
        </message>
        <message>
            <source>Asked the model for labels of {}</source>
            <translation>请模型为 {} 加标签</translation>
        </message>
        <message>
            <source>Asked the model to fill in fields from {}</source>
            <translation>请模型从 {} 中填写字段</translation>
        </message>
        <message>
            <source>Began sub-runs over {}</source>
            <translation>对 {} 开始子运行</translation>
        </message>
        <message>
            <source>Asked the model about {}</source>
            <translation>就 {} 询问模型</translation>
        </message>
        <message>
            <source>Writing a program: {} so far …</source>
            <translation>正在写程序：目前 {} …</translation>
        </message>
        <message>
            <source>Runs a program of its own …</source>
            <translation>正在运行自己的程序…</translation>
        </message>
        <message>
            <source>: it failed</source>
            <translation>：失败</translation>
        </message>
        <message>
            <source>at most {}</source>
            <translation>最多 {}</translation>
        </message>
        <message>
            <source>The text is short: the model reads all of it</source>
            <translation>文本很短：模型通读全文</translation>
        </message>
        <message>
            <source> · nothing found in {}</source>
            <translation> · 在 {} 中未找到</translation>
        </message>
        <message>
            <source>Step {}. </source>
            <translation>第 {} 步。</translation>
        </message>
        <message>
            <source>Writing a program …</source>
            <translation>正在写程序…</translation>
        </message>
        <message>
            <source>Wrote a reply</source>
            <translation>写了回复</translation>
        </message>
        <message>
            <source>Noted {} as evidence ({})</source>
            <translation>记下 {} 作为依据 ({})</translation>
        </message>
        <message>
            <source>Looked through {} ({})</source>
            <translation>查看了 {} ({})</translation>
        </message>
        <message>
            <source>Answered</source>
            <translation>已回答</translation>
        </message>
        <message>
            <source>Not found</source>
            <translation>未找到</translation>
        </message>
        <message>
            <source>Ended at a limit</source>
            <translation>因达到限制而结束</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>Took the worked example “{}”</source>
            <translation>采用示例“{}”</translation>
        </message>
        <message>
            <source>The {} ended and was started again: {}. {}</source>
            <translation>{} 结束并已重新启动：{}。{}</translation>
        </message>
        <message>
            <source>Loading the model … {}</source>
            <translation>正在加载模型… {}</translation>
        </message>
        <message>
            <source>The model is loaded and can read {} at a time</source>
            <translation>模型已加载，一次可读取 {}</translation>
        </message>
        <message>
            <source>Choosing a worked example …</source>
            <translation>正在选择示例…</translation>
        </message>
        <message>
            <source>{}: runs it now …</source>
            <translation>{}：正在运行…</translation>
        </message>
        <message>
            <source>Understood as: {}</source>
            <translation>理解为：{}</translation>
        </message>
        <message>
            <source>Told the model: {}</source>
            <translation>告知模型：{}</translation>
        </message>
        <message>
            <source>Blocked: the program {}</source>
            <translation>已阻止：程序 {}</translation>
        </message>
        <message>
            <source>Loading the model {} …</source>
            <translation>正在加载模型 {} …</translation>
        </message>
        <message>
            <source>: {} done</source>
            <translation>：完成 {}</translation>
        </message>
        <message>
            <source> · {} failed</source>
            <translation> · {} 个失败</translation>
        </message>
        <message>
            <source> · {} printed</source>
            <translation> · 输出 {}</translation>
        </message>
        <message>
            <source>Failed: {}</source>
            <translation>失败：{}</translation>
        </message>
        <message>
            <source>The loop itself {}</source>
            <translation>循环自身{}</translation>
        </message>
    </context>
    <context>
        <name>TableView</name>
        <message>
            <source>Table of the document</source>
            <translation>文档的表格</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>列</translation>
        </message>
        <message>
            <source>Numbers of the rows</source>
            <translation>行号</translation>
        </message>
        <message>
            <source>only the first {} of the selected rows were copied</source>
            <translation>只复制了所选行中的前 {} 行</translation>
        </message>
    </context>
    <context>
        <name>Telling</name>
        <message>
            <source>counted once more, to check</source>
            <translation>为核对再数一次</translation>
        </message>
        <message>
            <source>ran a program of {}</source>
            <translation>运行了 {} 的程序</translation>
        </message>
        <message>
            <source>{} and {}</source>
            <translation>{}和{}</translation>
        </message>
        <message>
            <source>took the most frequent</source>
            <translation>取最常见的</translation>
        </message>
        <message>
            <source>began a run over a part of the text</source>
            <translation>对文本的一部分开始一次运行</translation>
        </message>
        <message>
            <source>counted</source>
            <translation>计数</translation>
        </message>
        <message>
            <source>sorted</source>
            <translation>排序</translation>
        </message>
        <message>
            <source>gave the answer</source>
            <translation>给出答案</translation>
        </message>
        <message>
            <source>asked the model about passages</source>
            <translation>就段落询问模型</translation>
        </message>
        <message>
            <source>had the model label passages</source>
            <translation>请模型为段落加标签</translation>
        </message>
        <message>
            <source>a value</source>
            <translation>一个值</translation>
        </message>
        <message>
            <source>added up</source>
            <translation>求和</translation>
        </message>
        <message>
            <source>took the largest</source>
            <translation>取最大的</translation>
        </message>
        <message>
            <source>took the smallest</source>
            <translation>取最小的</translation>
        </message>
        <message>
            <source>asked the model {}</source>
            <translation>询问模型 {}</translation>
        </message>
        <message>
            <source>had the model label passages as {}</source>
            <translation>请模型为段落加标签：{}</translation>
        </message>
        <message>
            <source>had the model fill in {}</source>
            <translation>请模型填写 {}</translation>
        </message>
        <message>
            <source>fields</source>
            <translation>字段</translation>
        </message>
        <message>
            <source>took {} from each of them</source>
            <translation>从每个中取 {}</translation>
        </message>
        <message>
            <source>searched for {}</source>
            <translation>搜索 {}</translation>
        </message>
        <message>
            <source>looked up {}</source>
            <translation>查找 {}</translation>
        </message>
        <message>
            <source>went through all lines for {}</source>
            <translation>逐行查找 {}</translation>
        </message>
        <message>
            <source>went through all rows for {}</source>
            <translation>逐表格行查找 {}</translation>
        </message>
        <message>
            <source>went through all records for {}</source>
            <translation>逐条记录查找 {}</translation>
        </message>
        <message>
            <source>went through all turns of the talk for {}</source>
            <translation>逐个发言查找 {}</translation>
        </message>
        <message>
            <source>went through all messages for {}</source>
            <translation>逐封邮件查找 {}</translation>
        </message>
        <message>
            <source>kept those with {}</source>
            <translation>保留含有 {} 的</translation>
        </message>
    </context>
    <context>
        <name>TextArea</name>
        <message>
            <source>Text of the document</source>
            <translation>文档的文本</translation>
        </message>
    </context>
    <context>
        <name>Troubles</name>
        <message>
            <source>the passage is in {}, which is not open, or has changed since</source>
            <translation>该段落在 {} 中，它没有打开，或此后已更改</translation>
        </message>
        <message>
            <source>{} has changed since it was read</source>
            <translation>{} 在读取之后已更改</translation>
        </message>
        <message>
            <source>Something went wrong inside the program. What was done so far is kept.</source>
            <translation>程序内部出了问题。到目前为止所做的都已保存。</translation>
        </message>
        <message>
            <source>Read it again</source>
            <translation>重新读取</translation>
        </message>
        <message>
            <source>Add files…</source>
            <translation>添加文件…</translation>
        </message>
        <message>
            <source>Use a GGUF file…</source>
            <translation>使用 GGUF 文件…</translation>
        </message>
        <message>
            <source>Get it</source>
            <translation>获取</translation>
        </message>
        <message>
            <source>Ask again</source>
            <translation>再次提问</translation>
        </message>
        <message>
            <source>Open its documents</source>
            <translation>打开其文档</translation>
        </message>
        <message>
            <source>Stop it</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>复制详情</translation>
        </message>
    </context>
    <context>
        <name>WelcomeView</name>
        <message>
            <source>The answer comes with the passages to check it with.</source>
            <translation>答案附有可用来核对的段落。</translation>
        </message>
        <message>
            <source>How to begin</source>
            <translation>如何开始</translation>
        </message>
        <message>
            <source>Ask about files of any size</source>
            <translation>对任意大小的文件提问</translation>
        </message>
        <message>
            <source>1. Drop files or folders on this window, or add them on the left.</source>
            <translation>1. 把文件或文件夹拖到此窗口，或在左侧添加。</translation>
        </message>
        <message>
            <source>2. Write your question below and press Ctrl+Return.</source>
            <translation>2. 在下方写下问题，按 Ctrl+回车。</translation>
        </message>
        <message>
            <source>3. The model writes small programs that search and read the files. Each step is told here; the programs are shown on the right.</source>
            <translation>3. 模型编写小程序来搜索和阅读文件。这里讲述每一步；程序显示在右侧。</translation>
        </message>
        <message>
            <source>Or try a sample:</source>
            <translation>或者试试示例：</translation>
        </message>
    </context>
    <context>
        <name>Words</name>
        <message>
            <source>1 line</source>
            <translation>1 行</translation>
        </message>
        <message>
            <source>{} lines</source>
            <translation>{} 行</translation>
        </message>
        <message>
            <source>1 row</source>
            <translation>1 行</translation>
        </message>
        <message>
            <source>{} rows</source>
            <translation>{} 行</translation>
        </message>
        <message>
            <source>1 column</source>
            <translation>1 列</translation>
        </message>
        <message>
            <source>{} columns</source>
            <translation>{} 列</translation>
        </message>
        <message>
            <source>1 passage</source>
            <translation>1 个段落</translation>
        </message>
        <message>
            <source>{} passages</source>
            <translation>{} 个段落</translation>
        </message>
        <message>
            <source>1 call</source>
            <translation>1 次调用</translation>
        </message>
        <message>
            <source>{} calls</source>
            <translation>{} 次调用</translation>
        </message>
        <message>
            <source>1 token</source>
            <translation>1 个词元</translation>
        </message>
        <message>
            <source>{} tokens</source>
            <translation>{} 个词元</translation>
        </message>
        <message>
            <source>1 document</source>
            <translation>1 个文档</translation>
        </message>
        <message>
            <source>{} documents</source>
            <translation>{} 个文档</translation>
        </message>
        <message>
            <source>1 page</source>
            <translation>1 页</translation>
        </message>
        <message>
            <source>{} pages</source>
            <translation>{} 页</translation>
        </message>
        <message>
            <source>1 character</source>
            <translation>1 个字符</translation>
        </message>
        <message>
            <source>{} million characters</source>
            <translation>{} 百万字符</translation>
        </message>
        <message>
            <source>{} characters</source>
            <translation>{} 个字符</translation>
        </message>
        <message>
            <source>{} thousand characters</source>
            <translation>{} 千字符</translation>
        </message>
        <message>
            <source>under 0.1 s</source>
            <translation>不到 0.1 秒</translation>
        </message>
        <message>
            <source>{} h {:02d} min</source>
            <translation>{} 小时 {:02d} 分</translation>
        </message>
        <message>
            <source>{} s</source>
            <translation>{} 秒</translation>
        </message>
        <message>
            <source>{} min</source>
            <translation>{} 分</translation>
        </message>
        <message>
            <source>{} min {:02d} s</source>
            <translation>{} 分 {:02d} 秒</translation>
        </message>
        <message>
            <source>{} h</source>
            <translation>{} 小时</translation>
        </message>
        <message>
            <source>10 s</source>
            <translation>10 秒</translation>
        </message>
        <message>
            <source>{}/s</source>
            <translation>{}/秒</translation>
        </message>
        <message>
            <source>less than 1 %</source>
            <translation>不到 1%</translation>
        </message>
        <message>
            <source>{} %</source>
            <translation>{}%</translation>
        </message>
        <message>
            <source>running</source>
            <translation>运行中</translation>
        </message>
        <message>
            <source>answered</source>
            <translation>已回答</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>未找到</translation>
        </message>
        <message>
            <source>forced at a limit</source>
            <translation>因限制强制得出</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>computed by code</source>
            <translation>由代码算出</translation>
        </message>
        <message>
            <source>read by the model</source>
            <translation>由模型读出</translation>
        </message>
        <message>
            <source>short enough to read whole</source>
            <translation>足够短，可通读</translation>
        </message>
        <message>
            <source>Sure</source>
            <translation>确定</translation>
        </message>
        <message>
            <source>Probably right</source>
            <translation>很可能正确</translation>
        </message>
        <message>
            <source>Not sure: check it</source>
            <translation>不确定：请核对</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>问题</translation>
        </message>
        <message>
            <source>Whole text</source>
            <translation>全文</translation>
        </message>
        <message>
            <source>Question written out</source>
            <translation>完整写出的问题</translation>
        </message>
        <message>
            <source>Choice of an example</source>
            <translation>选择示例</translation>
        </message>
        <message>
            <source>Sub-question</source>
            <translation>子问题</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>Fields</source>
            <translation>字段</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>Sub-run</source>
            <translation>子运行</translation>
        </message>
        <message>
            <source>Forced answer</source>
            <translation>强制得出的答案</translation>
        </message>
        <message>
            <source>Sub-questions</source>
            <translation>子问题</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>Prompts</source>
            <translation>提示词</translation>
        </message>
        <message>
            <source>Sub-runs</source>
            <translation>子运行</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>调用</translation>
        </message>
        <message>
            <source>… {} not shown …</source>
            <translation>… {} 未显示 …</translation>
        </message>
    </context>
    <context>
        <name>Workbench</name>
        <message>
            <source>there are no documents to ask about: add a file or a folder</source>
            <translation>没有可询问的文档：请添加文件或文件夹</translation>
        </message>
        <message>
            <source>a run is going on: stop it first to go another way</source>
            <translation>正在运行：请先停止，再另辟蹊径</translation>
        </message>
        <message>
            <source>a run is going on: stop it first to look at another one</source>
            <translation>正在运行：请先停止，再查看别的运行</translation>
        </message>
        <message>
            <source>the model {} is not here yet: get it first, then ask again</source>
            <translation>模型 {} 尚未获取：请先获取，然后再次提问</translation>
        </message>
    </context>
    <context>
        <name>_SideView</name>
        <message>
            <source>Question, {}</source>
            <translation>问题，{}</translation>
        </message>
        <message>
            <source>Answer, {}</source>
            <translation>答案，{}</translation>
        </message>
        <message>
            <source>About the answer, {}</source>
            <translation>关于答案，{}</translation>
        </message>
    </context>
</TS>
