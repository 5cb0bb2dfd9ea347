/// Target-Dialog: a request outside of a dialog names one that its sender knows, and by that shows
/// that it has a right to be heard.
///
/// [TargetDialog] is that field (§7), always as its recipient sees the dialog. Whether one of ours
/// is named asks who receives it; here that is [p2psip.std.rfc3515].
///
/// ```java
/// var target = TargetDialog.atPeer(dialog.id());
/// var refer = request.with(TargetDialog.NAME, target.toString());
/// ```
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc4538;
