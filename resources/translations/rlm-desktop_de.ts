<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>AnswerView</name>
        <message>
            <source>Status of the answer</source>
            <translation>Status der Antwort</translation>
        </message>
        <message>
            <source>What the answer took</source>
            <translation>Was die Antwort gekostet hat</translation>
        </message>
        <message>
            <source>&amp;Copy answer</source>
            <translation>Antwort &amp;kopieren</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>Passages</source>
            <translation>Stellen</translation>
        </message>
        <message>
            <source>Passages to check it with</source>
            <translation>Stellen zum Nachprüfen</translation>
        </message>
        <message>
            <source>Passages the answer rests on</source>
            <translation>Stellen, auf denen die Antwort beruht</translation>
        </message>
        <message>
            <source>The run was stopped before there was an answer.</source>
            <translation>Der Lauf wurde angehalten, bevor es eine Antwort gab.</translation>
        </message>
        <message>
            <source>Nothing about it was found in the documents.</source>
            <translation>In den Dokumenten wurde nichts dazu gefunden.</translation>
        </message>
        <message>
            <source>There is no answer.</source>
            <translation>Es gibt keine Antwort.</translation>
        </message>
        <message>
            <source>{} of the text was read</source>
            <translation>{} des Textes wurden gelesen</translation>
        </message>
    </context>
    <context>
        <name>CallFilterBar</name>
        <message>
            <source>Search the calls</source>
            <translation>Aufrufe durchsuchen</translation>
        </message>
        <message>
            <source>Search in what was asked, given and replied</source>
            <translation>Suchen in dem, was gefragt, gegeben und geantwortet wurde</translation>
        </message>
        <message>
            <source>Kind of call</source>
            <translation>Art des Aufrufs</translation>
        </message>
        <message>
            <source>All kinds</source>
            <translation>Alle Arten</translation>
        </message>
        <message>
            <source>State of call</source>
            <translation>Zustand des Aufrufs</translation>
        </message>
        <message>
            <source>Another label fitted nearly as well</source>
            <translation>Ein anderes Etikett passte fast ebenso gut</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>Was gefunden wurde</translation>
        </message>
        <message>
            <source>No call has that</source>
            <translation>Kein Aufruf enthält das</translation>
        </message>
        <message>
            <source>Any state</source>
            <translation>Jeder Zustand</translation>
        </message>
        <message>
            <source>… still open</source>
            <translation>… noch offen</translation>
        </message>
        <message>
            <source>✗ failed</source>
            <translation>✗ fehlgeschlagen</translation>
        </message>
        <message>
            <source>Close calls</source>
            <translation>Knappe Aufrufe</translation>
        </message>
        <message>
            <source>? not found</source>
            <translation>? nicht gefunden</translation>
        </message>
        <message>
            <source>{} found</source>
            <translation>{} gefunden</translation>
        </message>
        <message>
            <source>Searching … {} so far</source>
            <translation>Suche läuft … bisher {}</translation>
        </message>
    </context>
    <context>
        <name>CallPage</name>
        <message>
            <source>Text it was given</source>
            <translation>Text, der übergeben wurde</translation>
        </message>
        <message>
            <source>Worked example</source>
            <translation>Musterbeispiel</translation>
        </message>
        <message>
            <source>Reply</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>{} in, {} out</source>
            <translation>{} hinein, {} heraus</translation>
        </message>
        <message>
            <source>Asked</source>
            <translation>Gefragt</translation>
        </message>
        <message>
            <source>Printed</source>
            <translation>Ausgegeben</translation>
        </message>
        <message>
            <source>{} not read again</source>
            <translation>{} nicht erneut gelesen</translation>
        </message>
        <message>
            <source>{} a second</source>
            <translation>{} je Sekunde</translation>
        </message>
        <message>
            <source>a close call, ahead of the next label by {}</source>
            <translation>ein knapper Aufruf, {} vor dem nächsten Etikett</translation>
        </message>
        <message>
            <source>Reply {}</source>
            <translation>Antwort {}</translation>
        </message>
        <message>
            <source>{} of the model</source>
            <translation>{} des Modells</translation>
        </message>
        <message>
            <source>began {} into the run</source>
            <translation>begann {} nach dem Start</translation>
        </message>
        <message>
            <source>took {}</source>
            <translation>dauerte {}</translation>
        </message>
        <message>
            <source>{} of programs</source>
            <translation>{} der Programme</translation>
        </message>
    </context>
    <context>
        <name>CallPassages</name>
        <message>
            <source>the documents of this run are not open, or have changed since</source>
            <translation>die Dokumente dieses Laufs sind nicht geöffnet oder haben sich seither geändert</translation>
        </message>
        <message>
            <source>the document can be shown when the run is over</source>
            <translation>das Dokument kann gezeigt werden, wenn der Lauf vorbei ist</translation>
        </message>
    </context>
    <context>
        <name>CallRows</name>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>running its program</source>
            <translation>führt sein Programm aus</translation>
        </message>
        <message>
            <source>thinking</source>
            <translation>denkt nach</translation>
        </message>
        <message>
            <source>writing</source>
            <translation>schreibt</translation>
        </message>
        <message>
            <source>, close</source>
            <translation>, knapp</translation>
        </message>
        <message>
            <source>{} {} to {} of {}</source>
            <translation>{} {} bis {} von {}</translation>
        </message>
        <message>
            <source>{}, {} failed</source>
            <translation>{}, {} fehlgeschlagen</translation>
        </message>
        <message>
            <source>✓ {} done</source>
            <translation>✓ {} fertig</translation>
        </message>
        <message>
            <source>… {} of {} done</source>
            <translation>… {} von {} fertig</translation>
        </message>
        <message>
            <source>✗ {} failed</source>
            <translation>✗ {} fehlgeschlagen</translation>
        </message>
        <message>
            <source>model {}</source>
            <translation>Modell {}</translation>
        </message>
        <message>
            <source>code {}</source>
            <translation>Code {}</translation>
        </message>
        <message>
            <source>waiting {}</source>
            <translation>Warten {}</translation>
        </message>
    </context>
    <context>
        <name>CallTree</name>
        <message>
            <source>Columns of the tree of calls</source>
            <translation>Spalten des Baums der Aufrufe</translation>
        </message>
    </context>
    <context>
        <name>CallTreeItems</name>
        <message>
            <source>Call</source>
            <translation>Aufruf</translation>
        </message>
        <message>
            <source>What was asked, and about which text</source>
            <translation>Was gefragt wurde, und zu welchem Text</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>How far it is, or how it ended</source>
            <translation>Wie weit er ist oder wie er endete</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>When in the run: filled where the model worked, full height where a program ran, a thin line where it waited</source>
            <translation>Wann im Lauf: gefüllt, wo das Modell arbeitete; volle Höhe, wo ein Programm lief; eine dünne Linie, wo gewartet wurde</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>From start to end, with all calls below</source>
            <translation>Vom Anfang bis zum Ende, mit allen Aufrufen darunter</translation>
        </message>
        <message>
            <source>Own</source>
            <translation>Eigene</translation>
        </message>
        <message>
            <source>Time of its own model and programs, without calls below</source>
            <translation>Zeit des eigenen Modells und der eigenen Programme, ohne Aufrufe darunter</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>Gelesen</translation>
        </message>
        <message>
            <source>Tokens that went in, with all calls below</source>
            <translation>Token, die hineingingen, mit allen Aufrufen darunter</translation>
        </message>
        <message>
            <source>Written</source>
            <translation>Geschrieben</translation>
        </message>
        <message>
            <source>Tokens that came out, with all calls below</source>
            <translation>Token, die herauskamen, mit allen Aufrufen darunter</translation>
        </message>
        <message>
            <source>Cached</source>
            <translation>Bekannt</translation>
        </message>
        <message>
            <source>Tokens of those read that were known already</source>
            <translation>Gelesene Token, die schon bekannt waren</translation>
        </message>
        <message>
            <source>Rate</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Tokens read anew and written in a second</source>
            <translation>Token, die je Sekunde neu gelesen und geschrieben wurden</translation>
        </message>
    </context>
    <context>
        <name>CallsView</name>
        <message>
            <source>Tree of calls</source>
            <translation>Baum der Aufrufe</translation>
        </message>
        <message>
            <source>Calls that were found</source>
            <translation>Gefundene Aufrufe</translation>
        </message>
        <message>
            <source>The selected call</source>
            <translation>Der gewählte Aufruf</translation>
        </message>
        <message>
            <source>Select a call to see what was asked and replied.</source>
            <translation>Einen Aufruf wählen, um zu sehen, was gefragt und geantwortet wurde.</translation>
        </message>
        <message>
            <source>Show in the document</source>
            <translation>Im Dokument zeigen</translation>
        </message>
        <message>
            <source>Show where the text stands that the call was given</source>
            <translation>Zeigen, wo der Text steht, den der Aufruf bekam</translation>
        </message>
        <message>
            <source>Copy reply</source>
            <translation>Antwort kopieren</translation>
        </message>
    </context>
    <context>
        <name>CodePage</name>
        <message>
            <source>Program {}</source>
            <translation>Programm {}</translation>
        </message>
        <message>
            <source>Sub-run {}, program {}</source>
            <translation>Teillauf {}, Programm {}</translation>
        </message>
        <message>
            <source>{}, not by the model</source>
            <translation>{}, nicht vom Modell</translation>
        </message>
        <message>
            <source>The model is writing …</source>
            <translation>Das Modell schreibt …</translation>
        </message>
        <message>
            <source>Told the model: {}</source>
            <translation>Dem Modell gesagt: {}</translation>
        </message>
        <message>
            <source>Running …</source>
            <translation>Läuft …</translation>
        </message>
        <message>
            <source> · ■ blocked</source>
            <translation> · ■ blockiert</translation>
        </message>
        <message>
            <source> · ✗ failed</source>
            <translation> · ✗ fehlgeschlagen</translation>
        </message>
        <message>
            <source>
Blocked: {}</source>
            <translation>
Blockiert: {}</translation>
        </message>
        <message>
            <source>
It printed nothing.</source>
            <translation>
Es hat nichts ausgegeben.</translation>
        </message>
        <message>
            <source>
Running …</source>
            <translation>
Läuft …</translation>
        </message>
        <message>
            <source>
… {} folded; “All output” shows them …
</source>
            <translation>
… {} eingeklappt; „Ganze Ausgabe“ zeigt sie …
</translation>
        </message>
    </context>
    <context>
        <name>CodeView</name>
        <message>
            <source>Programs</source>
            <translation>Programme</translation>
        </message>
        <message>
            <source>The model's programs and their output.</source>
            <translation>Die Programme des Modells und ihre Ausgabe.</translation>
        </message>
        <message>
            <source>Go to a program</source>
            <translation>Zu einem Programm gehen</translation>
        </message>
        <message>
            <source>&amp;Copy program</source>
            <translation>Programm &amp;kopieren</translation>
        </message>
        <message>
            <source>Copy this program as it is shown (Ctrl+Shift+C)</source>
            <translation>Dieses Programm kopieren, wie es gezeigt wird (Strg+Umschalt+C)</translation>
        </message>
        <message>
            <source>Go another &amp;way</source>
            <translation>Anderen &amp;Weg gehen</translation>
        </message>
        <message>
            <source>Ask again with what came before this program; the model writes another one</source>
            <translation>Noch einmal fragen, mit dem, was vor diesem Programm war; das Modell schreibt ein anderes</translation>
        </message>
        <message>
            <source>All &amp;output</source>
            <translation>&amp;Ganze Ausgabe</translation>
        </message>
        <message>
            <source>Show all that this program printed (Ctrl+Shift+L)</source>
            <translation>Alles zeigen, was dieses Programm ausgegeben hat (Strg+Umschalt+L)</translation>
        </message>
    </context>
    <context>
        <name>ColumnsButton</name>
        <message>
            <source>Columns</source>
            <translation>Spalten</translation>
        </message>
        <message>
            <source>Choose which columns are shown</source>
            <translation>Auswählen, welche Spalten gezeigt werden</translation>
        </message>
    </context>
    <context>
        <name>Comparing</name>
        <message>
            <source>No answer</source>
            <translation>Keine Antwort</translation>
        </message>
        <message>
            <source>Effort: {}</source>
            <translation>Aufwand: {}</translation>
        </message>
        <message>
            <source>Run {}: {}</source>
            <translation>Lauf {}: {}</translation>
        </message>
        <message>
            <source>Documents: {}</source>
            <translation>Dokumente: {}</translation>
        </message>
        <message>
            <source>Model: {}</source>
            <translation>Modell: {}</translation>
        </message>
        <message>
            <source>Status: {}</source>
            <translation>Status: {}</translation>
        </message>
        <message>
            <source>Read: {} of the text</source>
            <translation>Gelesen: {} des Textes</translation>
        </message>
        <message>
            <source>Time: {}</source>
            <translation>Zeit: {}</translation>
        </message>
        <message>
            <source>Method: {}</source>
            <translation>Methode: {}</translation>
        </message>
    </context>
    <context>
        <name>CoverageStrip</name>
        <message>
            <source>Parts of the documents that were read</source>
            <translation>Teile der Dokumente, die gelesen wurden</translation>
        </message>
        <message>
            <source>this part was not read</source>
            <translation>dieser Teil wurde nicht gelesen</translation>
        </message>
        <message>
            <source>; the answer rests on it</source>
            <translation>; die Antwort beruht darauf</translation>
        </message>
        <message>
            <source>{} of the text was read. Left and Right go through the parts, Return shows one.</source>
            <translation>{} des Textes wurden gelesen. Links und Rechts gehen durch die Teile, Eingabe zeigt einen.</translation>
        </message>
        <message>
            <source>{} of this part was read</source>
            <translation>{} dieses Teils wurden gelesen</translation>
        </message>
    </context>
    <context>
        <name>DocumentControl</name>
        <message>
            <source>one of the documents of the run</source>
            <translation>eines der Dokumente des Laufs</translation>
        </message>
    </context>
    <context>
        <name>DocumentList</name>
        <message>
            <source>✗ not read</source>
            <translation>✗ nicht gelesen</translation>
        </message>
        <message>
            <source>waiting to be read</source>
            <translation>wartet darauf, gelesen zu werden</translation>
        </message>
        <message>
            <source>{} more were left out</source>
            <translation>{} weitere wurden ausgelassen</translation>
        </message>
        <message>
            <source>! left out: {}</source>
            <translation>! ausgelassen: {}</translation>
        </message>
    </context>
    <context>
        <name>DocumentView</name>
        <message>
            <source>What is shown of the document</source>
            <translation>Was vom Dokument gezeigt wird</translation>
        </message>
        <message>
            <source>Which passage of the answer</source>
            <translation>Welche Stelle der Antwort</translation>
        </message>
        <message>
            <source>Previous passage of the answer</source>
            <translation>Vorige Stelle der Antwort</translation>
        </message>
        <message>
            <source>Next passage of the answer</source>
            <translation>Nächste Stelle der Antwort</translation>
        </message>
        <message>
            <source>&amp;Wrap</source>
            <translation>&amp;Umbrechen</translation>
        </message>
        <message>
            <source>Long lines go on in the next row</source>
            <translation>Lange Zeilen gehen in der nächsten weiter</translation>
        </message>
        <message>
            <source>Choose a passage below an answer, or press Return on a document,
to read it here.</source>
            <translation>Eine Stelle unter einer Antwort wählen oder auf einem Dokument
die Eingabetaste drücken, um es hier zu lesen.</translation>
        </message>
        <message>
            <source>Passage {} of {}</source>
            <translation>Stelle {} von {}</translation>
        </message>
        <message>
            <source>Row</source>
            <translation>Tabellenzeile</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>Zeile</translation>
        </message>
        <message>
            <source>Row to go to</source>
            <translation>Tabellenzeile, zu der gegangen wird</translation>
        </message>
        <message>
            <source>Line to go to</source>
            <translation>Zeile, zu der gegangen wird</translation>
        </message>
        <message>
            <source>Go to this row</source>
            <translation>Zu dieser Tabellenzeile gehen</translation>
        </message>
        <message>
            <source>Go to this line</source>
            <translation>Zu dieser Zeile gehen</translation>
        </message>
    </context>
    <context>
        <name>DocumentsControl</name>
        <message>
            <source>there are no files to paste: copy some in a file manager first</source>
            <translation>es gibt keine Dateien zum Einfügen: erst in einem Dateimanager welche kopieren</translation>
        </message>
        <message>
            <source>Reading {} ({} of {})</source>
            <translation>{} wird gelesen ({} von {})</translation>
        </message>
    </context>
    <context>
        <name>DocumentsView</name>
        <message>
            <source>Documents</source>
            <translation>Dokumente</translation>
        </message>
        <message>
            <source>How much text there is</source>
            <translation>Wie viel Text es gibt</translation>
        </message>
        <message>
            <source>Drop files or folders here</source>
            <translation>Dateien oder Ordner hier ablegen</translation>
        </message>
        <message>
            <source>Reading documents</source>
            <translation>Dokumente werden gelesen</translation>
        </message>
        <message>
            <source>Add &amp;files…</source>
            <translation>&amp;Dateien …</translation>
        </message>
        <message>
            <source>Add f&amp;older…</source>
            <translation>&amp;Ordner …</translation>
        </message>
        <message>
            <source>Re&amp;move</source>
            <translation>&amp;Entfernen</translation>
        </message>
        <message>
            <source>Add files</source>
            <translation>Dateien hinzufügen</translation>
        </message>
        <message>
            <source>Add a folder</source>
            <translation>Einen Ordner hinzufügen</translation>
        </message>
    </context>
    <context>
        <name>ErrorBar</name>
        <message>
            <source>Message</source>
            <translation>Meldung</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Was geschehen ist</translation>
        </message>
        <message>
            <source>&amp;Details</source>
            <translation>&amp;Einzelheiten</translation>
        </message>
        <message>
            <source>Dis&amp;miss</source>
            <translation>Sch&amp;ließen</translation>
        </message>
        <message>
            <source>Dismiss the message</source>
            <translation>Die Meldung schließen</translation>
        </message>
        <message>
            <source>Details of the error</source>
            <translation>Einzelheiten des Fehlers</translation>
        </message>
    </context>
    <context>
        <name>EvidenceList</name>
        <message>
            <source>line {}</source>
            <translation>Zeile {}</translation>
        </message>
        <message>
            <source>page {}</source>
            <translation>Seite {}</translation>
        </message>
    </context>
    <context>
        <name>FindBar</name>
        <message>
            <source>Find in the document</source>
            <translation>Im Dokument suchen</translation>
        </message>
        <message>
            <source>Regular e&amp;xpression</source>
            <translation>&amp;Regulärer Ausdruck</translation>
        </message>
        <message>
            <source>How often it was found</source>
            <translation>Wie oft es gefunden wurde</translation>
        </message>
        <message>
            <source>Previous match (Shift+F3)</source>
            <translation>Voriger Treffer (Umschalt+F3)</translation>
        </message>
        <message>
            <source>Next match (F3)</source>
            <translation>Nächster Treffer (F3)</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>nicht gefunden</translation>
        </message>
        <message>
            <source>searching …</source>
            <translation>Suche läuft …</translation>
        </message>
        <message>
            <source>{} so far, {} searched</source>
            <translation>bisher {}, {} durchsucht</translation>
        </message>
        <message>
            <source>{} of {}</source>
            <translation>{} von {}</translation>
        </message>
        <message>
            <source>No regular expression: {}</source>
            <translation>Kein regulärer Ausdruck: {}</translation>
        </message>
    </context>
    <context>
        <name>Following</name>
        <message>
            <source>Stay at the end while the run goes on</source>
            <translation>Am Ende bleiben, solange der Lauf weitergeht</translation>
        </message>
        <message>
            <source>Follow the run</source>
            <translation>Dem Lauf folgen</translation>
        </message>
        <message>
            <source>✓ Following</source>
            <translation>✓ Folgt</translation>
        </message>
        <message>
            <source>Follow</source>
            <translation>Folgen</translation>
        </message>
    </context>
    <context>
        <name>FormButton</name>
        <message>
            <source>As text</source>
            <translation>Als Text</translation>
        </message>
        <message>
            <source>As table</source>
            <translation>Als Tabelle</translation>
        </message>
        <message>
            <source>Show the document as it stands (Alt+B)</source>
            <translation>Das Dokument zeigen, wie es dasteht (Alt+B)</translation>
        </message>
        <message>
            <source>Show the rows of the document in columns (Alt+B)</source>
            <translation>Die Zeilen des Dokuments in Spalten zeigen (Alt+B)</translation>
        </message>
    </context>
    <context>
        <name>GgufDialog</name>
        <message>
            <source>Models (*.gguf)</source>
            <translation>Modelle (*.gguf)</translation>
        </message>
    </context>
    <context>
        <name>KeptRunsControl</name>
        <message>
            <source>Logs of rlms (*.jsonl)</source>
            <translation>Protokolle von rlms (*.jsonl)</translation>
        </message>
        <message>
            <source>Web page (*.html)</source>
            <translation>Webseite (*.html)</translation>
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
            <translation>Ereignisse (*.jsonl)</translation>
        </message>
        <message>
            <source>Log of rlms (*.rlms.jsonl)</source>
            <translation>Protokoll von rlms (*.rlms.jsonl)</translation>
        </message>
        <message>
            <source>Export the run</source>
            <translation>Den Lauf exportieren</translation>
        </message>
        <message>
            <source>Import a log</source>
            <translation>Ein Protokoll importieren</translation>
        </message>
        <message>
            <source>Two runs</source>
            <translation>Zwei Läufe</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>&amp;Open folder</source>
            <translation>&amp;Ordner öffnen</translation>
        </message>
        <message>
            <source>there is no run to export: ask a question, or open a past run</source>
            <translation>es gibt keinen Lauf zu exportieren: eine Frage stellen oder einen früheren Lauf öffnen</translation>
        </message>
        <message>
            <source>run {}</source>
            <translation>Lauf {}</translation>
        </message>
        <message>
            <source>Run {} is in the trash</source>
            <translation>Lauf {} liegt im Papierkorb</translation>
        </message>
        <message>
            <source>Written to {}</source>
            <translation>Geschrieben nach {}</translation>
        </message>
    </context>
    <context>
        <name>KeptSettings</name>
        <message>
            <source>the settings cannot be kept: {}</source>
            <translation>die Einstellungen können nicht gespeichert werden: {}</translation>
        </message>
    </context>
    <context>
        <name>LaterStarts</name>
        <message>
            <source>A run is going on: the documents are opened when it has ended.</source>
            <translation>Ein Lauf ist im Gang: Die Dokumente werden geöffnet, wenn er beendet ist.</translation>
        </message>
    </context>
    <context>
        <name>Layout</name>
        <message>
            <source>Details of the run</source>
            <translation>Einzelheiten des Laufs</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>Aufrufe</translation>
        </message>
        <message>
            <source>Document</source>
            <translation>Dokument</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>Seite</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>this run was interrupted: the program, or the computer, ended before it</source>
            <translation>dieser Lauf wurde unterbrochen: Das Programm oder der Rechner endete vor ihm</translation>
        </message>
    </context>
    <context>
        <name>MemoryChoice</name>
        <message>
            <source>Context in tokens</source>
            <translation>Kontext in Token</translation>
        </message>
        <message>
            <source>usual</source>
            <translation>üblich</translation>
        </message>
        <message>
            <source>Layers on a graphics card</source>
            <translation>Schichten auf einer Grafikkarte</translation>
        </message>
        <message>
            <source>as many as fit</source>
            <translation>so viele wie passen</translation>
        </message>
        <message>
            <source>Memory needed with this</source>
            <translation>Speicherbedarf damit</translation>
        </message>
        <message>
            <source>C&amp;ontext, in tokens</source>
            <translation>K&amp;ontext, in Token</translation>
        </message>
        <message>
            <source>&amp;Layers on a graphics card</source>
            <translation>&amp;Schichten auf einer Grafikkarte</translation>
        </message>
        <message>
            <source>, with room for {} tokens</source>
            <translation>, mit Platz für {} Token</translation>
        </message>
        <message>
            <source>Needs {} of memory, {} free, and {} on the graphics card</source>
            <translation>Braucht {} Speicher, {} frei, und {} auf der Grafikkarte</translation>
        </message>
        <message>
            <source>Needs {} of memory, {} free</source>
            <translation>Braucht {} Speicher, {} frei</translation>
        </message>
    </context>
    <context>
        <name>Menus</name>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>Add &amp;files…</source>
            <translation>&amp;Dateien hinzufügen …</translation>
        </message>
        <message>
            <source>Add f&amp;older…</source>
            <translation>&amp;Ordner hinzufügen …</translation>
        </message>
        <message>
            <source>&amp;Paste files</source>
            <translation>Dateien &amp;einfügen</translation>
        </message>
        <message>
            <source>&amp;Recent</source>
            <translation>&amp;Zuletzt geöffnet</translation>
        </message>
        <message>
            <source>Use another &amp;GGUF file…</source>
            <translation>Andere &amp;GGUF-Datei verwenden …</translation>
        </message>
        <message>
            <source>&amp;Models…</source>
            <translation>&amp;Modelle …</translation>
        </message>
        <message>
            <source>&amp;Export the run…</source>
            <translation>Lauf e&amp;xportieren …</translation>
        </message>
        <message>
            <source>&amp;Import a log of rlms…</source>
            <translation>Protokoll von rlms &amp;importieren …</translation>
        </message>
        <message>
            <source>&amp;Settings…</source>
            <translation>E&amp;instellungen …</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <source>&amp;Run</source>
            <translation>&amp;Lauf</translation>
        </message>
        <message>
            <source>&amp;New question</source>
            <translation>&amp;Neue Frage</translation>
        </message>
        <message>
            <source>&amp;Ask</source>
            <translation>&amp;Fragen</translation>
        </message>
        <message>
            <source>Ask a&amp;gain, or change it</source>
            <translation>&amp;Erneut fragen oder ändern</translation>
        </message>
        <message>
            <source>Go another &amp;way from this program</source>
            <translation>Von diesem Programm an anderen &amp;Weg gehen</translation>
        </message>
        <message>
            <source>&amp;Pause, or go on</source>
            <translation>&amp;Pause oder weiter</translation>
        </message>
        <message>
            <source>Answer with what you &amp;have</source>
            <translation>Mit dem &amp;Bekannten antworten</translation>
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation>&amp;Anhalten</translation>
        </message>
        <message>
            <source>&amp;Compare with plain chat</source>
            <translation>Mit &amp;einfachem Chat vergleichen</translation>
        </message>
        <message>
            <source>&amp;Find a past run</source>
            <translation>Früheren Lauf &amp;suchen</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>&amp;Find in the document</source>
            <translation>Im Dokument &amp;suchen</translation>
        </message>
        <message>
            <source>Find n&amp;ext</source>
            <translation>&amp;Weitersuchen</translation>
        </message>
        <message>
            <source>Find p&amp;revious</source>
            <translation>&amp;Rückwärts suchen</translation>
        </message>
        <message>
            <source>Co&amp;mmands…</source>
            <translation>&amp;Befehle …</translation>
        </message>
        <message>
            <source>&amp;Next pane</source>
            <translation>&amp;Nächster Bereich</translation>
        </message>
        <message>
            <source>&amp;Larger text</source>
            <translation>&amp;Größerer Text</translation>
        </message>
        <message>
            <source>&amp;Smaller text</source>
            <translation>&amp;Kleinerer Text</translation>
        </message>
        <message>
            <source>N&amp;ormal text</source>
            <translation>N&amp;ormaler Text</translation>
        </message>
        <message>
            <source>&amp;Read the answer in full screen</source>
            <translation>Antwort im &amp;Vollbild lesen</translation>
        </message>
        <message>
            <source>&amp;Code</source>
            <translation>&amp;Code</translation>
        </message>
        <message>
            <source>C&amp;alls</source>
            <translation>&amp;Aufrufe</translation>
        </message>
        <message>
            <source>&amp;Document</source>
            <translation>&amp;Dokument</translation>
        </message>
        <message>
            <source>Pa&amp;ge of a PDF</source>
            <translation>&amp;Seite eines PDF</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>&amp;Farben</translation>
        </message>
        <message>
            <source>&amp;Simple: conversation and document</source>
            <translation>&amp;Einfach: Gespräch und Dokument</translation>
        </message>
        <message>
            <source>&amp;Full</source>
            <translation>&amp;Voll</translation>
        </message>
        <message>
            <source>&amp;Expert: programs and calls wide, no sidebar</source>
            <translation>E&amp;xperte: Programme und Aufrufe breit, ohne Seitenleiste</translation>
        </message>
        <message>
            <source>As the &amp;system</source>
            <translation>Wie das &amp;System</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>&amp;Hell</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation>&amp;Dunkel</translation>
        </message>
    </context>
    <context>
        <name>ModelCard</name>
        <message>
            <source>{}, licence {}. {} It is kept on this machine and works without a network.</source>
            <translation>{}, Lizenz {}. {} Es bleibt auf diesem Rechner und arbeitet ohne Netz.</translation>
        </message>
        <message>
            <source>The model</source>
            <translation>Das Modell</translation>
        </message>
        <message>
            <source>What is missing</source>
            <translation>Was fehlt</translation>
        </message>
        <message>
            <source>About the model</source>
            <translation>Über das Modell</translation>
        </message>
        <message>
            <source>How far it is</source>
            <translation>Wie weit es ist</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>&amp;Get it</source>
            <translation>&amp;Holen</translation>
        </message>
        <message>
            <source>Sto&amp;p</source>
            <translation>An&amp;halten</translation>
        </message>
        <message>
            <source>What arrived is kept, and getting it goes on from there</source>
            <translation>Was schon da ist, bleibt; von dort geht das Holen weiter</translation>
        </message>
        <message>
            <source>Use my own GG&amp;UF file…</source>
            <translation>Eigene GG&amp;UF-Datei verwenden …</translation>
        </message>
        <message>
            <source>&amp;Other models…</source>
            <translation>&amp;Andere Modelle …</translation>
        </message>
        <message>
            <source>First of all the program needs a model, once</source>
            <translation>Zuerst braucht das Programm einmal ein Modell</translation>
        </message>
        <message>
            <source>&amp;Get it ({})</source>
            <translation>&amp;Holen ({})</translation>
        </message>
    </context>
    <context>
        <name>ModelControl</name>
        <message>
            <source>not loaded yet</source>
            <translation>noch nicht geladen</translation>
        </message>
        <message>
            <source>Use a GGUF file</source>
            <translation>Eine GGUF-Datei verwenden</translation>
        </message>
        <message>
            <source>✓ loaded</source>
            <translation>✓ geladen</translation>
        </message>
        <message>
            <source>✗ not loaded</source>
            <translation>✗ nicht geladen</translation>
        </message>
    </context>
    <context>
        <name>ModelJobs</name>
        <message>
            <source>✓ It is here, and whole: its hash is right</source>
            <translation>✓ Es ist da und vollständig: Die Prüfsumme stimmt</translation>
        </message>
        <message>
            <source>Waiting for another program that gets this model</source>
            <translation>Wartet auf ein anderes Programm, das dieses Modell holt</translation>
        </message>
        <message>
            <source>Checking that it arrived whole</source>
            <translation>Prüfung, ob es vollständig angekommen ist</translation>
        </message>
        <message>
            <source>: {} of {}</source>
            <translation>: {} von {}</translation>
        </message>
        <message>
            <source>Task {} of {}</source>
            <translation>Aufgabe {} von {}</translation>
        </message>
        <message>
            <source>Stopped. What arrived is kept: Get goes on there.</source>
            <translation>Angehalten. Was schon da ist, bleibt: Holen geht dort weiter.</translation>
        </message>
        <message>
            <source>Getting {}</source>
            <translation>{} wird geholt</translation>
        </message>
        <message>
            <source>, about {} left</source>
            <translation>, noch etwa {}</translation>
        </message>
        <message>
            <source>Checking that the file is whole</source>
            <translation>Prüfung, ob die Datei vollständig ist</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Das Modell wird geladen</translation>
        </message>
        <message>
            <source>Stopped: the check says nothing, and can be begun again</source>
            <translation>Angehalten: Die Prüfung sagt nichts und kann neu begonnen werden</translation>
        </message>
        <message>
            <source>Checking {}</source>
            <translation>{} wird geprüft</translation>
        </message>
        <message>
            <source>Getting it from {}</source>
            <translation>Wird geholt von {}</translation>
        </message>
    </context>
    <context>
        <name>ModelPicker</name>
        <message>
            <source>Fetch it ({:.1f} GB) with: rlm-desktop models get {}</source>
            <translation>Holen ({:.1f} GB) mit: rlm-desktop models get {}</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Mode&amp;l</source>
            <translation>Mode&amp;ll</translation>
        </message>
        <message>
            <source>State of the model</source>
            <translation>Zustand des Modells</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Das Modell wird geladen</translation>
        </message>
        <message>
            <source>Use another GGUF file…</source>
            <translation>Andere GGUF-Datei verwenden …</translation>
        </message>
        <message>
            <source>loading</source>
            <translation>lädt</translation>
        </message>
        <message>
            <source>{}, {:.1f} GB, licence {}</source>
            <translation>{}, {:.1f} GB, Lizenz {}</translation>
        </message>
        <message>
            <source>Server at {}</source>
            <translation>Server unter {}</translation>
        </message>
        <message>
            <source>{} (not here)</source>
            <translation>{} (nicht da)</translation>
        </message>
    </context>
    <context>
        <name>ModelRows</name>
        <message>
            <source>{} (in use)</source>
            <translation>{} (in Gebrauch)</translation>
        </message>
        <message>
            <source>✗ its file is gone</source>
            <translation>✗ seine Datei ist weg</translation>
        </message>
        <message>
            <source>✗ cannot be used</source>
            <translation>✗ nicht verwendbar</translation>
        </message>
        <message>
            <source>✓ here</source>
            <translation>✓ da</translation>
        </message>
        <message>
            <source>not here yet</source>
            <translation>noch nicht da</translation>
        </message>
        <message>
            <source>✓ fits: needs {} of memory, {} free</source>
            <translation>✓ passt: braucht {} Speicher, {} frei</translation>
        </message>
        <message>
            <source>! slow: needs {} of memory, {} free</source>
            <translation>! langsam: braucht {} Speicher, {} frei</translation>
        </message>
        <message>
            <source>✗ won't fit: needs {} of memory, {} free</source>
            <translation>✗ passt nicht: braucht {} Speicher, {} frei</translation>
        </message>
        <message>
            <source>✗ won't fit: needs over {} of memory, {} free</source>
            <translation>✗ passt nicht: braucht über {} Speicher, {} frei</translation>
        </message>
        <message>
            <source>! may be slow: needs over {} of memory, {} free</source>
            <translation>! vielleicht langsam: braucht über {} Speicher, {} frei</translation>
        </message>
        <message>
            <source>should fit: needs over {} of memory, {} free</source>
            <translation>sollte passen: braucht über {} Speicher, {} frei</translation>
        </message>
        <message>
            <source>Not checked yet: Check tries in some minutes what it is good for.</source>
            <translation>Noch nicht geprüft: Prüfen stellt in einigen Minuten fest, wozu es taugt.</translation>
        </message>
        <message>
            <source>Checked {}: {}</source>
            <translation>Geprüft am {}: {}</translation>
        </message>
    </context>
    <context>
        <name>ModelsControl</name>
        <message>
            <source>The file of {} ({}) will be deleted; it can be fetched again.</source>
            <translation>Die Datei von {} ({}) wird gelöscht; sie kann wieder geholt werden.</translation>
        </message>
        <message>
            <source>Add a GGUF file</source>
            <translation>Eine GGUF-Datei hinzufügen</translation>
        </message>
        <message>
            <source>{} was deleted: {} are free again</source>
            <translation>{} wurde gelöscht: {} sind wieder frei</translation>
        </message>
        <message>
            <source>{}: loading, {}</source>
            <translation>{}: lädt, {}</translation>
        </message>
        <message>
            <source>It is loaded: free the memory first</source>
            <translation>Es ist geladen: erst den Speicher freigeben</translation>
        </message>
        <message>
            <source>De&amp;lete it</source>
            <translation>&amp;Löschen</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>Kept. It holds when the model is loaded again: free the memory, and ask.</source>
            <translation>Gespeichert. Es gilt, wenn das Modell neu geladen wird: Speicher freigeben und fragen.</translation>
        </message>
        <message>
            <source>&amp;Look again</source>
            <translation>&amp;Noch einmal nachsehen</translation>
        </message>
        <message>
            <source>✓ {} is on the list; its file stays where it is</source>
            <translation>✓ {} steht auf der Liste; die Datei bleibt, wo sie ist</translation>
        </message>
        <message>
            <source>{} is off the list; its file stays.</source>
            <translation>{} ist von der Liste; die Datei bleibt.</translation>
        </message>
        <message>
            <source>{} is not loaded: the next question loads it</source>
            <translation>{} ist nicht geladen: Die nächste Frage lädt es</translation>
        </message>
        <message>
            <source>✓ {} is loaded</source>
            <translation>✓ {} ist geladen</translation>
        </message>
    </context>
    <context>
        <name>ModelsView</name>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>State of the model in use</source>
            <translation>Zustand des Modells in Gebrauch</translation>
        </message>
        <message>
            <source>&amp;Free the memory</source>
            <translation>&amp;Speicher freigeben</translation>
        </message>
        <message>
            <source>About this model</source>
            <translation>Über dieses Modell</translation>
        </message>
        <message>
            <source>&amp;Get</source>
            <translation>&amp;Holen</translation>
        </message>
        <message>
            <source>&amp;Use</source>
            <translation>&amp;Verwenden</translation>
        </message>
        <message>
            <source>&amp;Check</source>
            <translation>&amp;Prüfen</translation>
        </message>
        <message>
            <source>&amp;Remove</source>
            <translation>&amp;Entfernen</translation>
        </message>
        <message>
            <source>&amp;Add a GGUF file…</source>
            <translation>&amp;GGUF-Datei hinzufügen …</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>What is going on</source>
            <translation>Was gerade geschieht</translation>
        </message>
        <message>
            <source>Ca&amp;ncel</source>
            <translation>&amp;Abbrechen</translation>
        </message>
        <message>
            <source>Model that answers the sub-calls</source>
            <translation>Modell, das die Teilfragen beantwortet</translation>
        </message>
        <message>
            <source>the same model</source>
            <translation>dasselbe Modell</translation>
        </message>
        <message>
            <source>&amp;Sub-calls are answered by</source>
            <translation>&amp;Teilfragen beantwortet</translation>
        </message>
    </context>
    <context>
        <name>NoticeBar</name>
        <message>
            <source>⚠ Questions and texts leave this machine: they are sent to {}.</source>
            <translation>⚠ Fragen und Texte verlassen diesen Rechner: Sie gehen an {}.</translation>
        </message>
        <message>
            <source>Notice</source>
            <translation>Hinweis</translation>
        </message>
        <message>
            <source>Where texts are sent to</source>
            <translation>Wohin Texte gesendet werden</translation>
        </message>
        <message>
            <source>Where the texts of this run were sent to</source>
            <translation>Wohin die Texte dieses Laufs gesendet wurden</translation>
        </message>
        <message>
            <source>⚠ The texts of this run were sent to {}.</source>
            <translation>⚠ Die Texte dieses Laufs gingen an {}.</translation>
        </message>
    </context>
    <context>
        <name>PageView</name>
        <message>
            <source>Document whose page is shown</source>
            <translation>Dokument, dessen Seite gezeigt wird</translation>
        </message>
        <message>
            <source>Previous page</source>
            <translation>Vorige Seite</translation>
        </message>
        <message>
            <source>Next page</source>
            <translation>Nächste Seite</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>Seite</translation>
        </message>
        <message>
            <source>What is known of the page</source>
            <translation>Was von der Seite bekannt ist</translation>
        </message>
        <message>
            <source>Picture of the page</source>
            <translation>Bild der Seite</translation>
        </message>
        <message>
            <source>the passage is marked</source>
            <translation>die Stelle ist markiert</translation>
        </message>
        <message>
            <source>The passage is on this page; where could not be told</source>
            <translation>Die Stelle steht auf dieser Seite; wo, war nicht festzustellen</translation>
        </message>
        <message>
            <source> of {}</source>
            <translation> von {}</translation>
        </message>
    </context>
    <context>
        <name>Palette</name>
        <message>
            <source>Commands</source>
            <translation>Befehle</translation>
        </message>
        <message>
            <source>A command, a past question, a document</source>
            <translation>Ein Befehl, eine frühere Frage, ein Dokument</translation>
        </message>
        <message>
            <source>Command to look for</source>
            <translation>Gesuchter Befehl</translation>
        </message>
        <message>
            <source>Commands that fit</source>
            <translation>Passende Befehle</translation>
        </message>
    </context>
    <context>
        <name>PaletteControl</name>
        <message>
            <source>document · read it</source>
            <translation>Dokument · lesen</translation>
        </message>
        <message>
            <source>past run · {}</source>
            <translation>früherer Lauf · {}</translation>
        </message>
    </context>
    <context>
        <name>PlainChat</name>
        <message>
            <source>there is no run to compare: ask a question, or open a past run</source>
            <translation>es gibt keinen Lauf zu vergleichen: eine Frage stellen oder einen früheren Lauf öffnen</translation>
        </message>
        <message>
            <source>to compare, load the model and open the documents of the run first</source>
            <translation>zum Vergleichen erst das Modell laden und die Dokumente des Laufs öffnen</translation>
        </message>
        <message>
            <source>With and without the loop</source>
            <translation>Mit und ohne Schleife</translation>
        </message>
        <message>
            <source>Reading the beginning of the text …</source>
            <translation>Der Anfang des Textes wird gelesen …</translation>
        </message>
        <message>
            <source>Plain chat with the same model</source>
            <translation>Einfacher Chat mit demselben Modell</translation>
        </message>
        <message>
            <source>No answer</source>
            <translation>Keine Antwort</translation>
        </message>
        <message>
            <source>Shown: {} of the text</source>
            <translation>Gezeigt: {} des Textes</translation>
        </message>
        <message>
            <source>Time: {}</source>
            <translation>Zeit: {}</translation>
        </message>
        <message>
            <source>Effort: {}</source>
            <translation>Aufwand: {}</translation>
        </message>
    </context>
    <context>
        <name>ProofLine</name>
        <message>
            <source>Nothing leaves this machine.</source>
            <translation>Nichts verlässt diesen Rechner.</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Datenschutz</translation>
        </message>
        <message>
            <source>Put it to the &amp;test</source>
            <translation>Auf die Probe &amp;stellen</translation>
        </message>
        <message>
            <source>Locks a process in as it is done with the programs of the model, and tries</source>
            <translation>Sperrt einen Prozess ein, wie es mit den Programmen des Modells geschieht, und probiert es aus</translation>
        </message>
        <message>
            <source>What the test showed</source>
            <translation>Was die Probe ergab</translation>
        </message>
        <message>
            <source>✗ {}. So no code is run here, and only short texts can be asked about.</source>
            <translation>✗ {}. Darum wird hier kein Code ausgeführt; nur kurze Texte können befragt werden.</translation>
        </message>
        <message>
            <source>✓ Tried just now: a process locked in like the one that runs the programs of the model could open no file, make no connection, start no program.</source>
            <translation>✓ Eben ausprobiert: Ein Prozess, eingesperrt wie der für die Programme des Modells, konnte keine Datei öffnen, keine Verbindung aufbauen, kein Programm starten.</translation>
        </message>
    </context>
    <context>
        <name>QuestionView</name>
        <message>
            <source>Question</source>
            <translation>Frage</translation>
        </message>
        <message>
            <source>What do you want to know? Ctrl+Return asks.</source>
            <translation>Was möchten Sie wissen? Strg+Eingabe fragt.</translation>
        </message>
        <message>
            <source>How thorough</source>
            <translation>Wie gründlich</translation>
        </message>
        <message>
            <source>&amp;Effort</source>
            <translation>Auf&amp;wand</translation>
        </message>
        <message>
            <source>Follow &amp;up on this answer</source>
            <translation>An diese Antwort an&amp;knüpfen</translation>
        </message>
        <message>
            <source>The question may refer to the one before: “And in 2032?”, “When was she born?”</source>
            <translation>Die Frage darf sich auf die vorige beziehen: „Und 2032?“, „Wann wurde sie geboren?“</translation>
        </message>
        <message>
            <source>&amp;Ask</source>
            <translation>&amp;Fragen</translation>
        </message>
        <message>
            <source>Ask the question (Ctrl+Return)</source>
            <translation>Die Frage stellen (Strg+Eingabe)</translation>
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation>&amp;Anhalten</translation>
        </message>
        <message>
            <source>Stop the run; what is known so far is kept (Ctrl+.)</source>
            <translation>Den Lauf anhalten; was bekannt ist, bleibt (Strg+.)</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>&amp;Pause</translation>
        </message>
        <message>
            <source>Answer &amp;now</source>
            <translation>Jetzt a&amp;ntworten</translation>
        </message>
        <message>
            <source>Answer with what is known so far (Ctrl+Shift+Return)</source>
            <translation>Mit dem antworten, was bisher bekannt ist (Strg+Umschalt+Eingabe)</translation>
        </message>
        <message>
            <source>Quick look, up to 5 minutes</source>
            <translation>Kurzer Blick, bis 5 Minuten</translation>
        </message>
        <message>
            <source>Thorough, up to 14 minutes</source>
            <translation>Gründlich, bis 14 Minuten</translation>
        </message>
        <message>
            <source>Everything, up to 4 hours</source>
            <translation>Alles, bis 4 Stunden</translation>
        </message>
        <message>
            <source>As in the settings, up to {:g} minutes</source>
            <translation>Wie eingestellt, bis {:g} Minuten</translation>
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation>&amp;Weiter</translation>
        </message>
        <message>
            <source>Let the run go on</source>
            <translation>Den Lauf weitergehen lassen</translation>
        </message>
        <message>
            <source>Let the run wait, and give the processor to others</source>
            <translation>Den Lauf warten lassen und den Prozessor anderen geben</translation>
        </message>
    </context>
    <context>
        <name>ReadingWindow</name>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>RecentFiles</name>
        <message>
            <source>&amp;Forget these</source>
            <translation>&amp;Diese vergessen</translation>
        </message>
    </context>
    <context>
        <name>RunControl</name>
        <message>
            <source>The run has ended</source>
            <translation>Der Lauf ist beendet</translation>
        </message>
    </context>
    <context>
        <name>RunList</name>
        <message>
            <source>Pinned</source>
            <translation>Angeheftet</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Gestern</translation>
        </message>
        <message>
            <source>! interrupted</source>
            <translation>! unterbrochen</translation>
        </message>
    </context>
    <context>
        <name>RunStatus</name>
        <message>
            <source>What goes on</source>
            <translation>Was gerade geschieht</translation>
        </message>
        <message>
            <source>Time and calls</source>
            <translation>Zeit und Aufrufe</translation>
        </message>
        <message>
            <source>Answering with what is known so far …</source>
            <translation>Antwort aus dem, was bisher bekannt ist …</translation>
        </message>
        <message>
            <source>Paused: the step at hand is finished, then it waits</source>
            <translation>Pause: Der laufende Schritt wird beendet, dann wird gewartet</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>Bereit</translation>
        </message>
        <message>
            <source>Waiting for the model and the documents; then it begins</source>
            <translation>Wartet auf Modell und Dokumente; dann geht es los</translation>
        </message>
        <message>
            <source>Running …</source>
            <translation>Läuft …</translation>
        </message>
        <message>
            <source>Stopping …</source>
            <translation>Wird angehalten …</translation>
        </message>
        <message>
            <source>The model answers as a plain chat …</source>
            <translation>Das Modell antwortet wie in einem einfachen Chat …</translation>
        </message>
        <message>
            <source>Opening a past run …</source>
            <translation>Ein früherer Lauf wird geöffnet …</translation>
        </message>
        <message>
            <source>at most {} in all</source>
            <translation>höchstens {} insgesamt</translation>
        </message>
        <message>
            <source>{} of {} pieces read</source>
            <translation>{} von {} Stücken gelesen</translation>
        </message>
        <message>
            <source>about {} left for them</source>
            <translation>noch etwa {} dafür</translation>
        </message>
    </context>
    <context>
        <name>RunView</name>
        <message>
            <source>Conversation</source>
            <translation>Gespräch</translation>
        </message>
    </context>
    <context>
        <name>RunsView</name>
        <message>
            <source>Past runs</source>
            <translation>Frühere Läufe</translation>
        </message>
        <message>
            <source>Search questions, answers, documents, #tags</source>
            <translation>Fragen, Antworten, Dokumente, #Tags suchen</translation>
        </message>
        <message>
            <source>Search past runs</source>
            <translation>Frühere Läufe durchsuchen</translation>
        </message>
        <message>
            <source>&amp;Rename, or add #tags</source>
            <translation>&amp;Umbenennen oder #Tags setzen</translation>
        </message>
        <message>
            <source>&amp;Pin to the top</source>
            <translation>&amp;Oben anheften</translation>
        </message>
        <message>
            <source>Move to the &amp;trash</source>
            <translation>In den Papier&amp;korb</translation>
        </message>
        <message>
            <source>Take &amp;out of the trash</source>
            <translation>Aus dem Papierkorb &amp;holen</translation>
        </message>
        <message>
            <source>&amp;Compare two</source>
            <translation>Zwei &amp;vergleichen</translation>
        </message>
        <message>
            <source>&amp;Show the trash</source>
            <translation>Papierkorb &amp;zeigen</translation>
        </message>
        <message>
            <source>What can be done with a past run</source>
            <translation>Was mit einem früheren Lauf getan werden kann</translation>
        </message>
        <message>
            <source>Un&amp;pin</source>
            <translation>&amp;Lösen</translation>
        </message>
        <message>
            <source>Trash</source>
            <translation>Papierkorb</translation>
        </message>
    </context>
    <context>
        <name>SafeBrowser</name>
        <message>
            <source>[picture: {}]</source>
            <translation>[Bild: {}]</translation>
        </message>
    </context>
    <context>
        <name>SettingBoxes</name>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Open the folder</source>
            <translation>Ordner öffnen</translation>
        </message>
    </context>
    <context>
        <name>SettingsControl</name>
        <message>
            <source> pt</source>
            <translation> pt</translation>
        </message>
        <message>
            <source>Open the Models window</source>
            <translation>Modellfenster öffnen</translation>
        </message>
        <message>
            <source>Move all to the trash</source>
            <translation>Alle in den Papierkorb</translation>
        </message>
        <message>
            <source>Empty the trash…</source>
            <translation>Papierkorb leeren …</translation>
        </message>
        <message>
            <source>What is in the trash will be deleted, and cannot be brought back.</source>
            <translation>Was im Papierkorb liegt, wird gelöscht und kann nicht zurückgeholt werden.</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Questions</source>
            <translation>Fragen</translation>
        </message>
        <message>
            <source>Processor</source>
            <translation>Prozessor</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Datenschutz</translation>
        </message>
        <message>
            <source>A server of your own</source>
            <translation>Ein eigener Server</translation>
        </message>
        <message>
            <source>Folders</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Keyboard</source>
            <translation>Tastatur</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>Light or dark, or as the system has it</source>
            <translation>Hell oder dunkel, oder wie das System es hat</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Of the window, from the next start on; the model answers as it is asked</source>
            <translation>Des Fensters, vom nächsten Start an; das Modell antwortet, wie es gefragt wird</translation>
        </message>
        <message>
            <source>Open with what was open last</source>
            <translation>Mit dem zuletzt Geöffneten beginnen</translation>
        </message>
        <message>
            <source>The documents and the run, where the program starts without others</source>
            <translation>Dokumente und Lauf, wenn das Programm ohne andere startet</translation>
        </message>
        <message>
            <source>Size of the text</source>
            <translation>Größe des Textes</translation>
        </message>
        <message>
            <source>In all windows. Ctrl++ and Ctrl+- change it too, Ctrl+0 resets it.</source>
            <translation>In allen Fenstern. Auch Strg++ und Strg+- ändern sie, Strg+0 setzt sie zurück.</translation>
        </message>
        <message>
            <source>Time for a question</source>
            <translation>Zeit für eine Frage</translation>
        </message>
        <message>
            <source>When it is over, the best answer so far is given, and marked as forced</source>
            <translation>Danach wird die bis dahin beste Antwort gegeben und als erzwungen bezeichnet</translation>
        </message>
        <message>
            <source>Time for one program</source>
            <translation>Zeit für ein Programm</translation>
        </message>
        <message>
            <source>A program of the model that computes longer is stopped and corrected</source>
            <translation>Ein Programm des Modells, das länger rechnet, wird angehalten und berichtigt</translation>
        </message>
        <message>
            <source>Memory for programs</source>
            <translation>Speicher für Programme</translation>
        </message>
        <message>
            <source>The programs of the model get no more; the document does not count</source>
            <translation>Mehr bekommen die Programme des Modells nicht; das Dokument zählt nicht mit</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>Threads</translation>
        </message>
        <message>
            <source>How many the model computes with, from when it is loaded again. Fewer leave more of the computer to you, and answers take longer.</source>
            <translation>Mit wie vielen das Modell rechnet, sobald es neu geladen wird. Weniger lassen Ihnen mehr vom Rechner, und Antworten dauern länger.</translation>
        </message>
        <message>
            <source>Model, context, graphics card</source>
            <translation>Modell, Kontext, Grafikkarte</translation>
        </message>
        <message>
            <source>With what each costs in memory, and a smaller model for sub-calls</source>
            <translation>Mit dem, was jedes an Speicher kostet, und einem kleineren Modell für Teilfragen</translation>
        </message>
        <message>
            <source>Keep past runs</source>
            <translation>Frühere Läufe aufheben</translation>
        </message>
        <message>
            <source>A run is kept with its question, programs, what was read, and the answer. Older ones are deleted when the program starts; those that are pinned stay.</source>
            <translation>Ein Lauf wird mit Frage, Programmen, Gelesenem und Antwort aufgehoben. Ältere werden beim Start gelöscht; angeheftete bleiben.</translation>
        </message>
        <message>
            <source>All past runs</source>
            <translation>Alle früheren Läufe</translation>
        </message>
        <message>
            <source>They can be taken out of the trash until it is emptied</source>
            <translation>Sie können aus dem Papierkorb geholt werden, bis er geleert wird</translation>
        </message>
        <message>
            <source>Trash</source>
            <translation>Papierkorb</translation>
        </message>
        <message>
            <source>Deletes what is in it for good, and overwrites it in the file</source>
            <translation>Löscht endgültig, was darin liegt, und überschreibt es in der Datei</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>Of an OpenAI-compatible server, such as http://192.168.1.5:8080, from the next start on. Then what is asked about is SENT TO IT, and each run says so. Empty: nothing leaves this machine.</source>
            <translation>Eines OpenAI-kompatiblen Servers wie http://192.168.1.5:8080, vom nächsten Start an. Dann wird, wonach gefragt wird, DORTHIN GESENDET, und jeder Lauf sagt es. Leer: Nichts verlässt diesen Rechner.</translation>
        </message>
        <message>
            <source>Name of its model</source>
            <translation>Name seines Modells</translation>
        </message>
        <message>
            <source>Empty if the server has one only</source>
            <translation>Leer, wenn der Server nur eines hat</translation>
        </message>
        <message>
            <source>Tokens it takes at once</source>
            <translation>Token, die er auf einmal nimmt</translation>
        </message>
        <message>
            <source>Needed only if the server does not tell</source>
            <translation>Nur nötig, wenn der Server es nicht sagt</translation>
        </message>
        <message>
            <source>Everything that is kept</source>
            <translation>Alles, was aufgehoben wird</translation>
        </message>
        <message>
            <source>Recipes of your own</source>
            <translation>Eigene Rezepte</translation>
        </message>
        <message>
            <source>De&amp;lete it</source>
            <translation>&amp;Löschen</translation>
        </message>
        <message>
            <source> minutes</source>
            <translation> Minuten</translation>
        </message>
        <message>
            <source> seconds</source>
            <translation> Sekunden</translation>
        </message>
        <message>
            <source> MB</source>
            <translation> MB</translation>
        </message>
        <message>
            <source>one for each core</source>
            <translation>einer je Kern</translation>
        </message>
        <message>
            <source> days</source>
            <translation> Tage</translation>
        </message>
        <message>
            <source>for ever</source>
            <translation>für immer</translation>
        </message>
        <message>
            <source>as it tells</source>
            <translation>wie er sagt</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>{} runs were deleted for good</source>
            <translation>{} Läufe wurden endgültig gelöscht</translation>
        </message>
        <message>
            <source>{}: runs, models, settings. RLM_DESKTOP_HOME moves it.</source>
            <translation>{}: Läufe, Modelle, Einstellungen. RLM_DESKTOP_HOME verlegt es.</translation>
        </message>
        <message>
            <source>{}: worked examples that the model follows, as Markdown files</source>
            <translation>{}: Musterbeispiele, denen das Modell folgt, als Markdown-Dateien</translation>
        </message>
        <message>
            <source>In the menu {}</source>
            <translation>Im Menü {}</translation>
        </message>
        <message>
            <source>{} runs are in the trash</source>
            <translation>{} Läufe liegen im Papierkorb</translation>
        </message>
    </context>
    <context>
        <name>SettingsView</name>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Search the settings</source>
            <translation>Die Einstellungen durchsuchen</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>Was gefunden wurde</translation>
        </message>
        <message>
            <source>No setting has these words</source>
            <translation>Keine Einstellung enthält diese Wörter</translation>
        </message>
    </context>
    <context>
        <name>SideBySide</name>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>left</source>
            <translation>links</translation>
        </message>
        <message>
            <source>right</source>
            <translation>rechts</translation>
        </message>
    </context>
    <context>
        <name>Story</name>
        <message>
            <source>The model was interrupted while it was writing</source>
            <translation>Das Modell wurde beim Schreiben unterbrochen</translation>
        </message>
        <message>
            <source>A limit was reached: answering from what is known so far</source>
            <translation>Eine Grenze ist erreicht: Antwort aus dem, was bisher bekannt ist</translation>
        </message>
        <message>
            <source>Asked the model for labels of {}</source>
            <translation>Ließ das Modell {} etikettieren</translation>
        </message>
        <message>
            <source>Asked the model to fill in fields from {}</source>
            <translation>Ließ das Modell Felder ausfüllen aus: {}</translation>
        </message>
        <message>
            <source>Began sub-runs over {}</source>
            <translation>Begann Teilläufe über {}</translation>
        </message>
        <message>
            <source>Asked the model about {}</source>
            <translation>Fragte das Modell nach {}</translation>
        </message>
        <message>
            <source>Writing a program: {} so far …</source>
            <translation>Schreibt ein Programm: bisher {} …</translation>
        </message>
        <message>
            <source>Runs a program of its own …</source>
            <translation>Führt ein eigenes Programm aus …</translation>
        </message>
        <message>
            <source>: it failed</source>
            <translation>: fehlgeschlagen</translation>
        </message>
        <message>
            <source>at most {}</source>
            <translation>höchstens {}</translation>
        </message>
        <message>
            <source>The text is short: the model reads all of it</source>
            <translation>Der Text ist kurz: Das Modell liest ihn ganz</translation>
        </message>
        <message>
            <source> · nothing found in {}</source>
            <translation> · nichts gefunden in {}</translation>
        </message>
        <message>
            <source>Step {}. </source>
            <translation>Schritt {}. </translation>
        </message>
        <message>
            <source>Writing a program …</source>
            <translation>Schreibt ein Programm …</translation>
        </message>
        <message>
            <source>Wrote a reply</source>
            <translation>Schrieb eine Antwort</translation>
        </message>
        <message>
            <source>Noted {} as evidence ({})</source>
            <translation>Merkte {} als Beleg vor ({})</translation>
        </message>
        <message>
            <source>Looked through {} ({})</source>
            <translation>Sah {} durch ({})</translation>
        </message>
        <message>
            <source>Answered</source>
            <translation>Beantwortet</translation>
        </message>
        <message>
            <source>Not found</source>
            <translation>Nicht gefunden</translation>
        </message>
        <message>
            <source>Ended at a limit</source>
            <translation>An einer Grenze beendet</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>Took the worked example “{}”</source>
            <translation>Nahm das Musterbeispiel „{}“</translation>
        </message>
        <message>
            <source>The {} ended and was started again: {}. {}</source>
            <translation>{} endete und wurde neu gestartet: {}. {}</translation>
        </message>
        <message>
            <source>Loading the model … {}</source>
            <translation>Das Modell wird geladen … {}</translation>
        </message>
        <message>
            <source>The model is loaded and can read {} at a time</source>
            <translation>Das Modell ist geladen und kann {} auf einmal lesen</translation>
        </message>
        <message>
            <source>Choosing a worked example …</source>
            <translation>Ein Musterbeispiel wird gewählt …</translation>
        </message>
        <message>
            <source>{}: runs it now …</source>
            <translation>{}: läuft jetzt …</translation>
        </message>
        <message>
            <source>Understood as: {}</source>
            <translation>Verstanden als: {}</translation>
        </message>
        <message>
            <source>Told the model: {}</source>
            <translation>Dem Modell gesagt: {}</translation>
        </message>
        <message>
            <source>Blocked: the program {}</source>
            <translation>Blockiert: Das Programm {}</translation>
        </message>
        <message>
            <source>Loading the model {} …</source>
            <translation>Das Modell {} wird geladen …</translation>
        </message>
        <message>
            <source>: {} done</source>
            <translation>: {} fertig</translation>
        </message>
        <message>
            <source> · {} failed</source>
            <translation> · {} fehlgeschlagen</translation>
        </message>
        <message>
            <source> · {} printed</source>
            <translation> · {} ausgegeben</translation>
        </message>
        <message>
            <source>Failed: {}</source>
            <translation>Fehlgeschlagen: {}</translation>
        </message>
        <message>
            <source>The loop itself {}</source>
            <translation>Die Schleife selbst: {}</translation>
        </message>
    </context>
    <context>
        <name>TableView</name>
        <message>
            <source>Table of the document</source>
            <translation>Tabelle des Dokuments</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Spalten</translation>
        </message>
        <message>
            <source>Numbers of the rows</source>
            <translation>Nummern der Zeilen</translation>
        </message>
        <message>
            <source>only the first {} of the selected rows were copied</source>
            <translation>nur die ersten {} der gewählten Zeilen wurden kopiert</translation>
        </message>
    </context>
    <context>
        <name>Telling</name>
        <message>
            <source>counted once more, to check</source>
            <translation>zählte zur Kontrolle noch einmal</translation>
        </message>
        <message>
            <source>ran a program of {}</source>
            <translation>führte ein Programm mit {} aus</translation>
        </message>
        <message>
            <source>{} and {}</source>
            <translation>{} und {}</translation>
        </message>
        <message>
            <source>took the most frequent</source>
            <translation>nahm das Häufigste</translation>
        </message>
        <message>
            <source>began a run over a part of the text</source>
            <translation>begann einen Lauf über einen Teil des Textes</translation>
        </message>
        <message>
            <source>counted</source>
            <translation>zählte</translation>
        </message>
        <message>
            <source>sorted</source>
            <translation>sortierte</translation>
        </message>
        <message>
            <source>gave the answer</source>
            <translation>gab die Antwort</translation>
        </message>
        <message>
            <source>asked the model about passages</source>
            <translation>fragte das Modell nach Stellen</translation>
        </message>
        <message>
            <source>had the model label passages</source>
            <translation>ließ das Modell Stellen etikettieren</translation>
        </message>
        <message>
            <source>a value</source>
            <translation>einem Wert</translation>
        </message>
        <message>
            <source>added up</source>
            <translation>zählte zusammen</translation>
        </message>
        <message>
            <source>took the largest</source>
            <translation>nahm das Größte</translation>
        </message>
        <message>
            <source>took the smallest</source>
            <translation>nahm das Kleinste</translation>
        </message>
        <message>
            <source>asked the model {}</source>
            <translation>fragte das Modell {}</translation>
        </message>
        <message>
            <source>had the model label passages as {}</source>
            <translation>ließ das Modell Stellen etikettieren als {}</translation>
        </message>
        <message>
            <source>had the model fill in {}</source>
            <translation>ließ das Modell ausfüllen: {}</translation>
        </message>
        <message>
            <source>fields</source>
            <translation>Felder</translation>
        </message>
        <message>
            <source>took {} from each of them</source>
            <translation>nahm {} aus jeder davon</translation>
        </message>
        <message>
            <source>searched for {}</source>
            <translation>suchte nach {}</translation>
        </message>
        <message>
            <source>looked up {}</source>
            <translation>schlug nach: {}</translation>
        </message>
        <message>
            <source>went through all lines for {}</source>
            <translation>ging alle Zeilen durch nach {}</translation>
        </message>
        <message>
            <source>went through all rows for {}</source>
            <translation>ging alle Tabellenzeilen durch nach {}</translation>
        </message>
        <message>
            <source>went through all records for {}</source>
            <translation>ging alle Einträge durch nach {}</translation>
        </message>
        <message>
            <source>went through all turns of the talk for {}</source>
            <translation>ging alle Redebeiträge durch nach {}</translation>
        </message>
        <message>
            <source>went through all messages for {}</source>
            <translation>ging alle Nachrichten durch nach {}</translation>
        </message>
        <message>
            <source>kept those with {}</source>
            <translation>behielt die mit {}</translation>
        </message>
    </context>
    <context>
        <name>TextArea</name>
        <message>
            <source>Text of the document</source>
            <translation>Text des Dokuments</translation>
        </message>
    </context>
    <context>
        <name>Troubles</name>
        <message>
            <source>the passage is in {}, which is not open, or has changed since</source>
            <translation>die Stelle steht in {}, das nicht geöffnet ist oder sich seither geändert hat</translation>
        </message>
        <message>
            <source>{} has changed since it was read</source>
            <translation>{} hat sich geändert, seit es gelesen wurde</translation>
        </message>
        <message>
            <source>Something went wrong inside the program. What was done so far is kept.</source>
            <translation>Im Programm ist etwas schiefgegangen. Was bisher getan wurde, ist gespeichert.</translation>
        </message>
        <message>
            <source>Read it again</source>
            <translation>Neu lesen</translation>
        </message>
        <message>
            <source>Add files…</source>
            <translation>Dateien hinzufügen …</translation>
        </message>
        <message>
            <source>Use a GGUF file…</source>
            <translation>Eine GGUF-Datei verwenden …</translation>
        </message>
        <message>
            <source>Get it</source>
            <translation>Holen</translation>
        </message>
        <message>
            <source>Ask again</source>
            <translation>Erneut fragen</translation>
        </message>
        <message>
            <source>Open its documents</source>
            <translation>Seine Dokumente öffnen</translation>
        </message>
        <message>
            <source>Stop it</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Einzelheiten kopieren</translation>
        </message>
    </context>
    <context>
        <name>WelcomeView</name>
        <message>
            <source>The answer comes with the passages to check it with.</source>
            <translation>Zur Antwort gehören die Stellen, an denen sie sich prüfen lässt.</translation>
        </message>
        <message>
            <source>How to begin</source>
            <translation>So geht es los</translation>
        </message>
        <message>
            <source>Ask about files of any size</source>
            <translation>Fragen an Dateien jeder Größe</translation>
        </message>
        <message>
            <source>1. Drop files or folders on this window, or add them on the left.</source>
            <translation>1. Dateien oder Ordner auf diesem Fenster ablegen oder links hinzufügen.</translation>
        </message>
        <message>
            <source>2. Write your question below and press Ctrl+Return.</source>
            <translation>2. Unten die Frage schreiben und Strg+Eingabe drücken.</translation>
        </message>
        <message>
            <source>3. The model writes small programs that search and read the files. Each step is told here; the programs are shown on the right.</source>
            <translation>3. Das Modell schreibt kleine Programme, die die Dateien durchsuchen und lesen. Jeder Schritt wird hier erzählt; die Programme stehen rechts.</translation>
        </message>
        <message>
            <source>Or try a sample:</source>
            <translation>Oder ein Beispiel versuchen:</translation>
        </message>
    </context>
    <context>
        <name>Words</name>
        <message>
            <source>1 line</source>
            <translation>1 Zeile</translation>
        </message>
        <message>
            <source>{} lines</source>
            <translation>{} Zeilen</translation>
        </message>
        <message>
            <source>1 row</source>
            <translation>1 Tabellenzeile</translation>
        </message>
        <message>
            <source>{} rows</source>
            <translation>{} Tabellenzeilen</translation>
        </message>
        <message>
            <source>1 column</source>
            <translation>1 Spalte</translation>
        </message>
        <message>
            <source>{} columns</source>
            <translation>{} Spalten</translation>
        </message>
        <message>
            <source>1 passage</source>
            <translation>1 Stelle</translation>
        </message>
        <message>
            <source>{} passages</source>
            <translation>{} Stellen</translation>
        </message>
        <message>
            <source>1 call</source>
            <translation>1 Aufruf</translation>
        </message>
        <message>
            <source>{} calls</source>
            <translation>{} Aufrufe</translation>
        </message>
        <message>
            <source>1 token</source>
            <translation>1 Token</translation>
        </message>
        <message>
            <source>{} tokens</source>
            <translation>{} Token</translation>
        </message>
        <message>
            <source>1 document</source>
            <translation>1 Dokument</translation>
        </message>
        <message>
            <source>{} documents</source>
            <translation>{} Dokumente</translation>
        </message>
        <message>
            <source>1 page</source>
            <translation>1 Seite</translation>
        </message>
        <message>
            <source>{} pages</source>
            <translation>{} Seiten</translation>
        </message>
        <message>
            <source>1 character</source>
            <translation>1 Zeichen</translation>
        </message>
        <message>
            <source>{} million characters</source>
            <translation>{} Millionen Zeichen</translation>
        </message>
        <message>
            <source>{} characters</source>
            <translation>{} Zeichen</translation>
        </message>
        <message>
            <source>{} thousand characters</source>
            <translation>{} tausend Zeichen</translation>
        </message>
        <message>
            <source>under 0.1 s</source>
            <translation>unter 0,1 s</translation>
        </message>
        <message>
            <source>{} h {:02d} min</source>
            <translation>{} h {:02d} min</translation>
        </message>
        <message>
            <source>{} s</source>
            <translation>{} s</translation>
        </message>
        <message>
            <source>{} min</source>
            <translation>{} min</translation>
        </message>
        <message>
            <source>{} min {:02d} s</source>
            <translation>{} min {:02d} s</translation>
        </message>
        <message>
            <source>{} h</source>
            <translation>{} h</translation>
        </message>
        <message>
            <source>10 s</source>
            <translation>10 s</translation>
        </message>
        <message>
            <source>{}/s</source>
            <translation>{}/s</translation>
        </message>
        <message>
            <source>less than 1 %</source>
            <translation>weniger als 1 %</translation>
        </message>
        <message>
            <source>{} %</source>
            <translation>{} %</translation>
        </message>
        <message>
            <source>running</source>
            <translation>läuft</translation>
        </message>
        <message>
            <source>answered</source>
            <translation>beantwortet</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>nicht gefunden</translation>
        </message>
        <message>
            <source>forced at a limit</source>
            <translation>an einer Grenze erzwungen</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>fehlgeschlagen</translation>
        </message>
        <message>
            <source>computed by code</source>
            <translation>durch Code berechnet</translation>
        </message>
        <message>
            <source>read by the model</source>
            <translation>vom Modell gelesen</translation>
        </message>
        <message>
            <source>short enough to read whole</source>
            <translation>kurz genug, um ganz gelesen zu werden</translation>
        </message>
        <message>
            <source>Sure</source>
            <translation>Sicher</translation>
        </message>
        <message>
            <source>Probably right</source>
            <translation>Wahrscheinlich richtig</translation>
        </message>
        <message>
            <source>Not sure: check it</source>
            <translation>Nicht sicher: bitte prüfen</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Frage</translation>
        </message>
        <message>
            <source>Whole text</source>
            <translation>Ganzer Text</translation>
        </message>
        <message>
            <source>Question written out</source>
            <translation>Ausgeschriebene Frage</translation>
        </message>
        <message>
            <source>Choice of an example</source>
            <translation>Wahl eines Beispiels</translation>
        </message>
        <message>
            <source>Sub-question</source>
            <translation>Teilfrage</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Etikett</translation>
        </message>
        <message>
            <source>Fields</source>
            <translation>Felder</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Sub-run</source>
            <translation>Teillauf</translation>
        </message>
        <message>
            <source>Forced answer</source>
            <translation>Erzwungene Antwort</translation>
        </message>
        <message>
            <source>Sub-questions</source>
            <translation>Teilfragen</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Etiketten</translation>
        </message>
        <message>
            <source>Prompts</source>
            <translation>Prompts</translation>
        </message>
        <message>
            <source>Sub-runs</source>
            <translation>Teilläufe</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>Aufrufe</translation>
        </message>
        <message>
            <source>… {} not shown …</source>
            <translation>… {} nicht gezeigt …</translation>
        </message>
    </context>
    <context>
        <name>Workbench</name>
        <message>
            <source>there are no documents to ask about: add a file or a folder</source>
            <translation>es gibt keine Dokumente zu befragen: eine Datei oder einen Ordner hinzufügen</translation>
        </message>
        <message>
            <source>a run is going on: stop it first to go another way</source>
            <translation>ein Lauf ist im Gang: erst anhalten, um einen anderen Weg zu gehen</translation>
        </message>
        <message>
            <source>a run is going on: stop it first to look at another one</source>
            <translation>ein Lauf ist im Gang: erst anhalten, um einen anderen anzusehen</translation>
        </message>
        <message>
            <source>the model {} is not here yet: get it first, then ask again</source>
            <translation>das Modell {} ist noch nicht da: erst holen, dann noch einmal fragen</translation>
        </message>
    </context>
    <context>
        <name>_SideView</name>
        <message>
            <source>Question, {}</source>
            <translation>Frage, {}</translation>
        </message>
        <message>
            <source>Answer, {}</source>
            <translation>Antwort, {}</translation>
        </message>
        <message>
            <source>About the answer, {}</source>
            <translation>Zur Antwort, {}</translation>
        </message>
    </context>
</TS>
