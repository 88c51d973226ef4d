package world

import (
	"context"
	"os"
	"strings"
	"time"
)

// A Fault is a mode, and how long the work takes. Where the modes strike:
//
//	ok      nowhere; told to stop, it goes on
//	sleep   as ok, but told to stop it ends at once with nothing done
//	ignore  as ok: the name is for the reader of a test
//	early   before: an error, and nothing is done
//	late    after: it is done and told (a delete cannot be), and is an error
//	lose    after: it is done, and not told
//	panic   after: it is done, and the plugin panics
//	exit    after: it is done, and the plugin ends without a word
//	huge    nowhere; the object's value has `size` bytes
type Fault struct {
	Mode  string
	Delay time.Duration
}

var Modes = []string{"ok", "sleep", "ignore", "early", "late", "lose", "panic", "exit", "huge"}

// Operations are those at which a fault of an object may strike.
var Operations = []string{"create", "update", "delete", "read", "plan"}

// A Problem is nil where all is well.
type Problem struct{ Summary, Detail string }

func unwritable(err error) *Problem { return &Problem{"The world cannot be written", err.Error()} }

// Before is the time that the work takes, and what fails early.
func (f Fault) Before(ctx context.Context, w *World, what, name string) *Problem {
	if err := w.Add(Line{Op: "begin", What: what, Name: name}); err != nil {
		return unwritable(err)
	}
	stop := ctx.Done()
	waited := time.After(f.Delay)
	for isOver := false; !isOver; {
		select {
		case <-waited:
			isOver = true
		case <-stop:
			_ = w.Add(Line{Op: "stopped", What: what, Name: name})
			if f.Mode == "sleep" {
				return &Problem{"It was stopped", "`" + name + "` was left as it was."}
			}
			stop = nil // once is enough
		}
	}
	if f.Mode == "early" {
		return &Problem{"It failed early", "Nothing was done about `" + name + "`."}
	}
	return nil
}

// After comes when the work is done; true where that must not be told.
func (f Fault) After(name string) (bool, *Problem) {
	switch f.Mode {
	case "late":
		return false, &Problem{"It failed late", "`" + name + "` is done, and then something went wrong."}
	case "lose":
		return true, &Problem{"The answer was lost", "Nobody knows what became of `" + name + "`."}
	case "panic":
		panic("the plugin panics, as it was told to")
	case "exit":
		os.Exit(3)
	}
	return false, nil
}

// Do is an operation on an object, with what goes wrong before and after; false where it must not be told.
func (f Fault) Do(ctx context.Context, w *World, it Line) (bool, *Problem) {
	if problem := f.Before(ctx, w, it.Op, it.Name); problem != nil {
		return false, problem
	}
	if err := w.Add(it); err != nil {
		return false, unwritable(err)
	}
	untold, problem := f.After(it.Name)
	return !untold, problem
}

// Value is what an object's computed `value` is.
func Value(mode, name, content string, size int64) string {
	if mode == "huge" {
		return strings.Repeat("x", int(size))
	}
	return "value of " + name + ": " + content
}
