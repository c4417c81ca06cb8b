extension SlurmJob {
    /// The job array: a task runs the shard of its own number.
    var arrayText: String {
        [header, setupText, settings, Self.running(options: runOptions), Self.ending].joined(separator: "\n")
    }

    private var header: String {
        """
        #!/bin/bash
        # Runs shards of a plan, each as a task of its own number. Written by poise submit slurm for the plan
        # \(digest).
        \(SbatchLine.option("job-name", resources.jobName))
        #SBATCH --array=\(ArrayIndices.text(missing, limit: arrayLimit))
        \(SbatchLine.option("output", SbatchLine.path(in: places.logs, "%A_%a.out")))
        # A task that is begun again goes on with the log that it has.
        #SBATCH --open-mode=append
        #SBATCH --nodes=1
        #SBATCH --ntasks=1
        #SBATCH --requeue
        # So many seconds before the time is up this shell alone is told: it tells poise, which puts away what it has.
        #SBATCH --signal=B:TERM@\(Self.notice)
        \(resources.shardLines.joined(separator: "\n"))
        """
    }

    private var settings: String {
        let folder = scratch.map(GoingOn.quoted) ?? #""${SLURM_TMPDIR:-${TMPDIR:-/tmp}}""#
        return """
            # Not earlier: what modules and environments bring along often reads variables that are not set.
            set -u

            poise=\(GoingOn.quoted(places.poise))
            plan=\(GoingOn.quoted(places.plan))
            shards_dir=\(GoingOn.quoted(places.shards))
            # A disk of the node's own, where SQLite can work.
            scratch=\(folder)
            # Of the whole plan. SLURM_ARRAY_TASK_COUNT is fewer where this array runs only what was missing.
            shards=\(shards)
            max_restarts=\(maxRestarts)
            task=${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}
            restarts=${SLURM_RESTART_COUNT:-0}

            say() { echo "$(date -u +%FT%TZ) $task on ${SLURMD_NODENAME:-$(hostname)}: $*"; }

            """
    }

    private static func running(options: [String]) -> String {
        let more = options.isEmpty ? "" : " " + options.map(GoingOn.quoted).joined(separator: " ")
        return #"""
            # TERM comes before the time limit, from scancel, and where another job takes the node. Slurm may tell poise
            # too; it takes that for one wish.
            child=
            told=
            pass_on() {
              told=1
              if [ -n "$child" ]; then kill -TERM "$child" 2>/dev/null; fi
            }
            trap pass_on TERM

            say "shard $SLURM_ARRAY_TASK_ID of $shards, attempt $((restarts + 1))"
            "$poise" run --plan "$plan" --shard "$SLURM_ARRAY_TASK_ID/$shards" --shards-dir "$shards_dir" \
              --scratch "$scratch" --node "${SLURMD_NODENAME:-$(hostname)}"\#(more) &
            child=$!
            # Told before there was anybody to tell.
            if [ -n "$told" ]; then kill -TERM "$child" 2>/dev/null; fi

            # Not one long `wait`: a signal that comes just before it would be passed on only when poise has ended.
            while kill -0 "$child" 2>/dev/null; do
              sleep 0.5 &
              wait "$!"
            done
            wait "$child"
            code=$?

            """#
    }

    private static let ending = #"""
        if [ "$code" -eq 0 ]; then exit 0; fi

        config=$(scontrol show config 2>/dev/null)

        # Whether a setting of the cluster, as 75,137 or 70-79, holds a code: holds RequeueExit 75
        holds() {
          local range
          for range in $(sed -n "s/^$1 *= *\([0-9,-]*\).*/\1/p" <<<"$config" | tr , ' '); do
            if [ "$2" -ge "${range%-*}" ] && [ "$2" -le "${range#*-}" ]; then return 0; fi
          done
          return 1
        }

        # Ends with a code that the cluster does not requeue: it keeps no count, and would do so for ever.
        end_for_good() {
          local final
          for final in "$1" 1 2 70; do
            if ! holds RequeueExit "$final" && ! holds RequeueExitHold "$final"; then exit "$final"; fi
          done
          exit "$1"
        }

        # 75: poise says that trying again can help. 137: it was killed, as where memory ran out.
        if [ "$code" -ne 75 ] && [ "$code" -ne 137 ]; then
          say "poise ended with $code, which another attempt would not mend"
          end_for_good "$code"
        fi
        if [ "$restarts" -ge "$max_restarts" ]; then
          say "poise ended with $code, and was begun again $restarts times; poise submit slurm lists what is missing"
          end_for_good 1
        fi

        # Exactly one of two requeues it: the cluster, by the code, or the line below, which then ends with a code that
        # the cluster leaves alone. Where memory ran out Slurm books a code of its own, which RequeueExit does not know.
        if [ "$code" -eq 75 ] && holds RequeueExit 75; then
          say "poise ended with 75, which this cluster requeues"
          exit 75
        fi
        # A task that was cancelled stays so: asked for, it would come back. One whose time is nearly up still runs.
        state=$(scontrol show job --oneliner "$task" 2>/dev/null | sed -n 's/.* JobState=\([A-Z_]*\).*/\1/p')
        if [ "$state" = RUNNING ]; then
          say "poise ended with $code, and is requeued"
          # Slurm ends this script for it, at once or a moment later.
          if scontrol requeue "$task"; then end_for_good 1; fi
        fi
        say "poise ended with $code, and is not requeued (state: ${state:-unknown}); poise submit slurm lists what is missing"
        exit "$code"

        """#
}
