"""Errors for learners: each says what was seen, the rule, and the next step.

::

    HelperError                  the emulator's root error, so that one name catches the errors of both
    ├── AppProblem
    │   ├── AppMissing           the learner's application isn't written yet
    │   ├── AppPortTaken         another program has its port
    │   ├── AppStopped           it ended by itself, or was stopped
    │   ├── AppSyntax            it isn't valid Python
    │   ├── AppUnreadable        it isn't text in UTF-8
    │   ├── AppTooSlow           it wasn't ready in time
    │   └── AppUnreachable       Twilio can't call it on this machine
    ├── ConnectionProblem
    │   ├── BadSetting           the environment or .env has an invalid value
    │   ├── CannotAsk            live mode can't ask the learner before it creates anything
    │   ├── ConsentElsewhere     the consent is another account's
    │   ├── MissingCredentials   the requested mode needs variables that are missing
    │   ├── ModeFixed            this kernel is already in the other mode
    │   ├── EmulatorRefused      the emulator rejected a request to one of its own routes
    │   ├── LedgerProblem        what live mode creates can't be recorded
    │   ├── NoDuration           advance() got something other than a number
    │   ├── NoEmulator           no emulator answers at TASKROUTER_URL
    │   ├── NothingToReset       the TaskRouter isn't the kernel's own emulator
    │   ├── NoLessonClock        this kernel is live, so the clock can't be moved
    │   ├── NoSimulatedCall      this kernel is live, so nobody calls but with a real phone
    │   ├── NotExportable        no terminal could read this variable
    │   ├── NotConnected         Twilio refused the first requests, or didn't answer
    │   ├── NotAgreed            the learner didn't agree to what live mode would create
    │   ├── StaysInPage          the browser edition sends nothing out of its page
    │   └── WrongCredential      TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN is something else
    ├── NotAsked                 no quiz has this lesson, question or choice
    ├── NoBash                   this machine has no bash, and the cell needs more than curl
    ├── NoCurl                   this machine has no curl
    ├── NotInPage                the browser edition has no shell, and so can't run this
    ├── NotShowable              a view got something that it can't draw
    ├── OtherWorld               this belongs to a copy or a branch, not to the connection
    ├── LessonProblem
    │   ├── LabIsLocal           the fault lab needs this kernel's own emulator
    │   ├── NoSuchVersion        the fault lab has no version with that number
    │   ├── NotRemoved           catch_up() can't begin afresh
    │   ├── NothingStarted       nothing is deployed in the fault lab yet
    │   ├── StartMissed          catch_up() didn't reach what the lesson starts with
    │   ├── StoryMissing         the tutorial's world, or part of it, is missing
    │   ├── UnknownLesson        there is no lesson with that number
    │   └── UnknownPattern       there is no Workflow pattern of that name
    ├── ListenerError
    │   ├── PortTaken            the port is in use, reserved, or not a port
    │   ├── CannotListen         the listener can't listen for another reason
    │   ├── ListenerStopped      the listener isn't running
    │   ├── BadPublicUrl         Twilio can't reach the listener by that URL
    │   ├── NoAuthToken          nothing from outside could be checked
    │   ├── NotPublic            there is no public URL
    │   ├── NotAWorkflow         expose() got something else
    │   ├── NotOwnWorkflow       expose() got a Workflow that this kernel didn't create
    │   ├── NotADecision         decide() got something that can't decide
    │   ├── NotReplayable        the request to replay is none, or didn't arrive in full
    │   ├── NotSelectable        the inbox can't be searched for that
    │   └── NothingArrived       the wait for a request timed out, or could only do so
    ├── PredictionProblem
    │   ├── NotPredictable       the prediction isn't about a Task, or about a Worker
    │   ├── NoSuchWhat           that value can't be predicted
    │   ├── NoSuchChoice         no Worker has that name
    │   └── PredictedTooLate     somebody is reserved already, or the Task has ended
    ├── RoomProblem
    │   ├── BadBoardAddress      that isn't a board's address, or it isn't safe
    │   ├── BadSeat              that can't stand on a board as a seat's label
    │   ├── NoBoard              no board's address was given
    │   └── NotSharing           this notebook shares nothing with a board
    ├── RushHourProblem
    │   ├── BadDay               nobody could work with that setting of rush_hour()
    │   ├── NoSuchStaff          the shop can't add that to Alice and Bob
    │   └── NotADay              show_rush_hours() got something else
    ├── TimeMachineProblem
    │   ├── NoHistory            this TaskRouter has no past to go back to
    │   ├── UnknownMoment        no such event, Task or stage
    │   └── PastIsFixed          a past moment can't be changed
    ├── WaitingProblem
    │   ├── NotAwaitable         wait_for() got something that it can't wait for
    │   └── WaitedInVain         what was awaited didn't come, or can't come any more
    └── TunnelError
        ├── TunnelLost           the tunnel has ended, and its public URL leads nowhere
        ├── NotReached           a request to the public URL didn't arrive
        ├── TokenMissing         no ngrok authtoken
        ├── TokenRefused         ngrok rejected the authtoken
        ├── TooManySessions      the account allows no further agent
        ├── TooManyTunnels       the account allows no further tunnel
        ├── UrlInUse             another agent serves the URL
        ├── DomainRefused        the account can't use the domain
        ├── AddressRefused       ngrok accepts no agent from this internet address
        ├── NgrokUnreachable     the agent can't connect to ngrok
        ├── AgentMissing         no ngrok agent, and the download failed
        ├── AgentNotExecutable   the agent's file can't be run
        ├── AgentNotRenewed      the agent can't be downloaded again
        ├── AgentInUse           the agent's file can't be replaced
        ├── AgentTooOld          the agent is too old, for ngrok or for pyngrok
        ├── AgentSettings        the agent's settings don't suit pyngrok
        └── AgentStopped         the agent opened no tunnel, for another reason

Attributes have the data, so that code needn't read the text. No text contains a secret.
"""

from __future__ import annotations

from helpers.emulator.emulator_errors import EmulatorError

__all__ = ["HelperError"]

HelperError = EmulatorError
"""Root of all errors that the helpers and their emulator raise for a learner."""
