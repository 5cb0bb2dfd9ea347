package p2psip.app.web;

import module java.base;
import com.google.gson.JsonArray;

/// `GET /views`: what the page of the console can show here.
///
/// @param names what there is: `ring`, `records`, `peers` ...
/// @param site  whether the annotated pages are here
public record Views(List<String> names, boolean site) implements Resource {
    public Views { names = List.copyOf(names); }

    @Override public String path() { return "/views"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        var all = new JsonArray();
        names.forEach(all::add);
        return new Values().with("views", all).with("site", site).answer();
    }
}
