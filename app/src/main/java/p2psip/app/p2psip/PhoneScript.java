package p2psip.app.p2psip;

import module java.base;
import p2psip.app.voip.Statistics;
import p2psip.app.voip.Telephone;

/// Does with a telephone what options ask for, one thing after the other, and says what became of
/// it.
///
/// @param live   changes while a call goes on
/// @param typist types what comes in, in a call that has text
/// @param say    takes a line
record PhoneScript(TaskOptions task, SoundOptions sound, StreamOptions streams, Telephone phone,
        LiveLine live, Consumer<Telephone.Call> typist, Consumer<String> say) {
    private static final Duration CALL = Duration.ofSeconds(5), EVER = Duration.ofDays(365);

    /// How long to wait for what the peers do by themselves, once all is arranged.
    private static final Duration SOON = Duration.ofSeconds(40);

    /// Answers whether all that happened.
    boolean done() {
        var doing = "registration";
        try {
            task.approve.forEach(phone::approve);
            task.block.forEach(phone::block);
            if (!task.note.isEmpty()) phone.show(true, task.note);
            if (task.register) phone.register();
            if (task.watchers) phone.watchers();
            task.watch.forEach(phone::watch);
            doing = "message";
            if (task.message != null) phone.message(task.to, task.message);
            doing = "call";
            if (task.mesh) return met();
            if (task.call != null) return talked(phone.call(task.call, task.subject), CALL);
            if (task.answer) return answered();
            if (task.respond != null) return responding();
            if (!task.watch.isEmpty()) phone.pause(orFor(EVER));
            else if (task.register && task.time != null) phone.pause(task.time);
            return true;
        } catch (Telephone.Failed e) {
            say.accept(doing + ": failed " + e.getMessage());
            return false;
        }
    }

    /// So long as `--for` says, or else so long.
    private Duration orFor(Duration usual) { return task.time == null ? usual : task.time; }

    private boolean met() {
        phone.meet(Stream.concat(Stream.ofNullable(task.call), task.invite.stream()).toList());
        boolean ok = true;
        var calls = phone.confer(orFor(task.call != null ? CALL : EVER));
        for (var each : calls) ok &= left(each);
        if (calls.isEmpty()) say.accept("conference: nobody is there");
        return ok && !calls.isEmpty();
    }

    /// Leaves one of several who hear each other; answers whether he was heard.
    private boolean left(Telephone.Call call) {
        var statistics = call.hangUp();
        quality(statistics);
        say.accept("call with " + call.peer().map(peer -> peer.uri().toString()).orElse("?")
                + (call.heardNothing() ? ": failed, nothing was heard " : ": ok ") + statistics);
        return !call.heardNothing();
    }

    private boolean answered() {
        var rings = phone.ringing(task.wait == null ? EVER : task.wait);
        if (rings.isEmpty()) {
            say.accept("call: failed, nobody called within " + task.wait.toMillis() / 1000.0
                    + " s");
            return false;
        }
        if (!task.respondAfter.isZero()) rings.get().talk(task.respondAfter);
        return talked(rings.get().take(), EVER);
    }

    /// Every call, one after the other, gets the same answer.
    private boolean responding() {
        var end = phone.now().plus(task.wait == null ? EVER : task.wait);
        while (true) {
            var rings = phone.ringing(Duration.between(phone.now(), end));
            if (rings.isEmpty()) return true;
            if (rings.get().talk(task.respondAfter)) continue;   // the caller has given up
            try {
                if (task.respond == 200) talked(rings.get().take(), EVER);
                else rings.get().refuse(task.respond);
            } catch (Telephone.Failed e) {
                say.accept("call: failed " + e.getMessage());
            }
        }
    }

    private boolean talked(Telephone.Call call, Duration usual) {
        if (task.hold) call.hold();
        return task.transfer == null ? talk(call, usual) : transferred(call, usual);
    }

    private boolean transferred(Telephone.Call call, Duration usual) {
        try {
            if (!task.attended && !task.join) {
                call.transfer(task.transfer);
                return true;
            }
            if (!task.hold) call.hold();
            var other = phone.call(task.transfer, task.subject);
            if (task.join) {
                call.bringInto(other);
                return talk(other, usual);
            }
            call.transfer(other);
            other.talk(SOON);
            return true;
        } catch (Telephone.Failed e) {
            say.accept("transfer: failed " + e.getMessage());
            return false;
        } finally {
            call.hangUp();
        }
    }

    /// Lets the call go on for some time; who sees a terminal sees how it sounds.
    private void listen(Telephone.Call call, Duration time) {
        if (streams.line != null) call.type(streams.line + "\n");
        if (streams.text) typist.accept(call);
        streams.show(call, say);
        var end = phone.now().plus(time);
        for (var left = time; left.isPositive(); left = Duration.between(phone.now(), end)) {
            if (call.talk(Collections.min(List.of(left, LiveLine.PERIOD)))) return;
            live.measured().ifPresent(phone::measure);
        }
    }

    private void quality(Statistics statistics) {
        if (statistics.quality().known()) say.accept("quality: " + statistics.quality());
    }

    private boolean talk(Telephone.Call call, Duration usual) {
        if (task.keys != null) call.press(task.keys);
        listen(call, orFor(usual));
        call.hangUp();
        if (call.next().isPresent()) return talk(call.next().get(), usual);
        if (sound.records()) sound.write(call.recorded());
        streams.write(call).ifPresent(say);
        var end = call.end().orElseThrow();
        quality(end.statistics());
        var failure = end.status() >= 300 ? " " + end.status() + " " + end.reason()
                : call.heardNothing() ? ", nothing was heard" : "";
        say.accept("call: " + (failure.isEmpty() ? "ok" : "failed" + failure) + " "
                + end.statistics());
        boolean ok = failure.isEmpty();
        for (var other : call.company()) {   // who came into it may stay
            if (task.time == null) other.talk(EVER);
            ok &= left(other);
        }
        return ok;
    }
}
