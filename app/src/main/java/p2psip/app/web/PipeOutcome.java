package p2psip.app.web;

import module java.base;

/// `GET /pipes/TICKET`: what became of a pipe, when it has ended: whether all got there, and why
/// not.
public record PipeOutcome(PipeDoor door) implements Resource {
    @Override public String path() { return "/pipes/*"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        var why = door.outcome(request.variable());
        return new Values().with("well", why.isEmpty()).with("why", why.orElse("finished"))
                .answer();
    }
}
