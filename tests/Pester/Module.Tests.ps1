BeforeDiscovery {
    $script:HasAnalyzer = $null -ne (Get-Module -ListAvailable PSScriptAnalyzer)
    $root = (Resolve-Path -LiteralPath (Join-Path $PSScriptRoot '../..')).ProviderPath
    $script:Scripts = @(
        Join-Path $root 'LogDelivery.psd1'
        Get-ChildItem -Path (Join-Path $root 'module'), $PSScriptRoot -Include *.ps1, *.psm1 -Recurse | ForEach-Object FullName
    ) | ForEach-Object { @{ File = $_ } }
}

BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:manifest = Test-ModuleManifest -Path $env:LOGDELIVERY_MODULE
    $script:policy = Join-Path $Samples 'renamed-trail.json'
}

Describe 'The module' {
    Context 'manifest' {
        It 'exports what it says, and nothing else' {
            (Get-Command -Module LogDelivery).Name | Sort-Object | Should -Be ($manifest.ExportedCmdlets.Keys | Sort-Object)
            (Get-Module LogDelivery).ExportedFunctions.Count | Should -Be 0
            (Get-Module LogDelivery).ExportedAliases.Count | Should -Be 0
            (Get-Module LogDelivery).ExportedVariables.Count | Should -Be 0
        }

        It 'names every cmdlet of the assembly' {
            (Get-Module LogDelivery).ExportedCmdlets.Count | Should -Be $manifest.ExportedCmdlets.Count
            $classes = [LogDelivery.LoadContext]::Initialize().GetExportedTypes() | Where-Object { $_.IsSealed -and $_.Name -like '*Command' }
            $classes.Count | Should -Be $manifest.ExportedCmdlets.Count
        }

        It 'is for PowerShell 7.4 and later, and needs no other module' {
            $manifest.PowerShellVersion | Should -Be '7.4'
            $manifest.CompatiblePSEditions | Should -Be 'Core'
            $manifest.RequiredModules | Should -BeNullOrEmpty
        }

        It 'ships our assemblies and what they need of the SDK, and none of PowerShell or the framework' {
            $bin = Join-Path (Split-Path $env:LOGDELIVERY_MODULE) 'bin'
            (Get-ChildItem -Path $bin).Name | Sort-Object | Should -Be @(
                'AWSSDK.Core.dll', 'AWSSDK.Extensions.Numerics.dll', 'AWSSDK.S3.dll', 'LogDelivery.Aws.dll', 'LogDelivery.Commands.dll', 'LogDelivery.Engine.dll', 'LogDelivery.Sandbox.dll'
                'System.IO.Hashing.dll')
        }

        It 'runs on every processor: its assemblies hold no code of one' {
            foreach ($file in Get-ChildItem -Path (Split-Path $env:LOGDELIVERY_MODULE) -Include *.dll, *.exe, *.so, *.dylib -Recurse) {
                $reader = [System.Reflection.PortableExecutable.PEReader]::new([System.IO.MemoryStream]::new([System.IO.File]::ReadAllBytes($file.FullName)))
                $header = $reader.PEHeaders.CorHeader
                $header.Flags.HasFlag([System.Reflection.PortableExecutable.CorFlags]::ILOnly) | Should -BeTrue -Because $file.Name
                $header.Flags.HasFlag([System.Reflection.PortableExecutable.CorFlags]::Requires32Bit) | Should -BeFalse -Because $file.Name
                $header.ManagedNativeHeaderDirectory.Size | Should -Be 0 -Because "$($file.Name) would be compiled ahead for one processor"
                $reader.PEHeaders.CoffHeader.Machine | Should -Be 'I386' -Because "that is how $($file.Name) says that any will do"
            }
        }
    }

    Context 'types that scripts use' {
        It 'makes a <Type> from a hashtable' -ForEach @(
            @{ Type = 'LogDelivery.PolicyTestRow'; Properties = @{ Source = 'CloudTrail'; Call = 's3:PutObject (log file)'; Verdict = 'ImplicitDeny'; Sid = 'One' } }
            @{ Type = 'LogDelivery.AccessTestRow'; Properties = @{ Principal = '*'; Verdict = 'Allowed' } }
            @{ Type = 'LogDelivery.PolicyDifferenceRow'; Properties = @{ Change = 'Lost'; Principal = '*' } }
            @{ Type = 'LogDelivery.Sources.BucketSettings'; Properties = @{ Encryption = 'SseKms'; BucketKeyEnabled = $true } }
        ) {
            $made = $Properties -as ($Type -as [type])
            foreach ($name in $Properties.Keys) { "$($made.$name)" | Should -Be "$($Properties[$name])" }
        }

        It 'knows a made row that blocks' {
            ([LogDelivery.PolicyTestRow] @{ Verdict = 'ImplicitDeny' }).Blocks | Should -BeTrue
            ([LogDelivery.PolicyTestRow] @{ Verdict = 'ImplicitDeny'; IsOptional = $true }).Blocks | Should -BeFalse
            ([LogDelivery.PolicyTestRow] @{ Verdict = 'Unknown' }).Blocks | Should -BeFalse
        }

        It 'resolves <_>' -ForEach 'LogDelivery.Policies.Verdict', 'LogDelivery.Finding', 'LogDelivery.Repair.RepairPlan', 'LogDelivery.Sources.PolicyTarget' {
            $_ -as [type] | Should -Not -BeNullOrEmpty
        }

        It 'can be mocked by the names of the cmdlets' {
            function Get-Alarm { if (-not (Test-LogDeliveryBucketPolicy -TrailArn x -BucketName bucket -Path y -Quiet)) { 'alarm' } }
            Mock Test-LogDeliveryBucketPolicy { $false }
            Get-Alarm | Should -Be 'alarm'
            Should -Invoke Test-LogDeliveryBucketPolicy -Exactly 1
        }
    }

    Context 'views' {
        BeforeAll {
            $script:rows = Test-LogDeliveryBucketPolicy -TrailArn $Trail -BucketName $TrailBucket -Path $policy
            $script:plan = Repair-LogDeliveryPolicy -TrailArn $Trail -BucketName $TrailBucket -Path $policy -PassThru
            $script:finding = [LogDelivery.Finding] @{ Id = 'LD0001'; Title = 'A title'; Severity = 'Blocks'; Evidence = 'Evidence'; Remedy = 'Remedy'; StatementIndex = 2; Sid = 'Sid2'; Path = 'Statement[2]'; Documentation = 'https://docs.aws.amazon.com/' }
        }

        It 'shows rows as a table, grouped by delivery' {
            $shown = $rows | Out-String -Width 120
            $shown | Should -BeLike "*Delivery: CloudTrail of 111122223333 in us-east-1 to $TrailBucket (renamed-trail.json)*"
            $shown | Should -Match '(?m)^Verdict +Call +Statement +Why'
            $shown | Should -Match '(?m)^ImplicitDeny +s3:PutObject \(log file\) +- +\S'
        }

        It 'shows a row as a list, with the findings in full' {
            $row = [LogDelivery.PolicyTestRow] @{ Verdict = 'ExplicitDeny'; StatementIndex = 2; Sid = 'Sid2'; Findings = [LogDelivery.Finding[]] $finding }
            $shown = $row | Format-List | Out-String -Width 120
            $shown | Should -Match '(?m)^Statement +: \[2\] Sid2'
            $shown | Should -Match 'Blocks LD0001 A title\s+Evidence\s+Remedy: Remedy'
            $row | Out-String -Width 120 | Should -Match 'LD0001 A title'
        }

        It 'shows <Name>' -ForEach @(
            @{ Name = 'sources'; Make = { Get-LogDeliverySource CloudTrail }; Table = '(?m)^CloudTrail +AWS CloudTrail trail +cloudtrail'; List = 'KeyLayout +: ' }
            @{ Name = 'findings'; Make = { $finding }; Table = '(?m)^Blocks +LD0001 +A title +\[2\] Sid2'; List = 'Remedy +: Remedy' }
            @{ Name = 'differences'; Make = { Compare-LogDeliveryPolicy $policy $plan.After.Text }; Table = '(?m)^Gained +cloudtrail'; List = 'After +: Allowed' }
            @{ Name = 'verdicts'; Make = { Test-LogDeliveryAccess -Path $policy -Principal '*' -Action s3:GetObject -Resource arn:aws:s3:::b/k }; Table = '(?m)^ImplicitDeny +\* +s3:GetObject'; List = 'Reason +: ' }
            @{ Name = 'plans'; Make = { $plan }; Table = '(?m)^Complete +Bucket +2 +0'; List = '(?m)^Diff +: @@' }
            @{ Name = 'edits'; Make = { $plan.Edits }; Table = '(?m)^AddConditionValue +\[0\] AWSCloudTrailAclCheck'; List = 'Description +: ' }
        ) {
            & $Make | Format-Table | Out-String -Width 120 | Should -Match $Table
            & $Make | Format-List | Out-String -Width 120 | Should -Match $List
        }

        It 'shows a plan in full without being asked' {
            $shown = $plan | Out-String -Width 120
            $shown | Should -Match '(?m)^Repair +: Complete'
            $shown | Should -BeLike '*Proof*0 in excess*'
        }

        It 'shows the health of a trail as a table and as a list' {
            $health = [LogDelivery.TrailDeliveryHealth] @{ State = 'Failing'; Name = 'management'; Region = 'us-east-1'; Cause = [LogDelivery.Finding[]] $finding }
            $health | Out-String -Width 120 | Should -Match '(?m)^Failing +management +us-east-1 +never +LD0001 A title'
            $health | Format-List | Out-String -Width 120 | Should -Match 'Blocks LD0001 A title\s+Evidence\s+Remedy: Remedy'
        }

        It 'has at most six columns in every table' {
            $views = [xml] (Get-Content -LiteralPath (Join-Path (Split-Path $env:LOGDELIVERY_MODULE) 'module/LogDelivery.Format.ps1xml') -Raw)
            foreach ($view in $views.Configuration.ViewDefinitions.View | Where-Object TableControl) {
                @($view.TableControl.TableHeaders.TableColumnHeader).Count | Should -BeLessOrEqual 6 -Because $view.Name
                @($view.TableControl.TableRowEntries.TableRowEntry.TableColumnItems.TableColumnItem).Count | Should -Be @($view.TableControl.TableHeaders.TableColumnHeader).Count
            }
        }

        It 'colours the verdict when colours are on, and says the word in any case' {
            $script = "`$PSStyle.OutputRendering = 'Ansi'; Import-Module '$env:LOGDELIVERY_MODULE'; [LogDelivery.PolicyTestRow]@{ Verdict = 'ExplicitDeny'; Call = 'c' } | Out-String"
            $colour = $env:NO_COLOR
            try {
                $env:NO_COLOR = $null
                $shown = Invoke-Shell $script | Out-String
            }
            finally {
                $env:NO_COLOR = $colour
            }

            $shown | Should -Match "`e\[91mExplicitDeny"
        }
    }

    Context 'help in general' {
        It 'has about_LogDelivery' {
            (Get-Help about_LogDelivery).Name | Should -Be 'about_LogDelivery'
            Get-Help about_LogDelivery | Out-String | Should -BeLike '*SHORT DESCRIPTION*PolicyFormat*'
        }

        It 'lists every error id in about_LogDelivery' {
            $topic = Get-Help about_LogDelivery | Out-String
            $sources = Get-ChildItem -Path (Join-Path $PSScriptRoot '../../src/LogDelivery.Commands') -Filter *.cs -Recurse
            $ids = ($sources | Select-String -Pattern 'Report\(\s*"(\w+)"', '^\s+"(\w+)",\s*$', 'ErrorRecord\(\w+, "(\w+)"' -AllMatches).Matches | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique
            $ids | Should -Contain 'PolicyFormat'
            $requests = Get-ChildItem -Path (Join-Path $PSScriptRoot '../../src/LogDelivery/Requests') -Filter *.cs
            $ids += ($requests | Select-String -Pattern '(?:new|RequestProblem)\("(\w+)",' -AllMatches).Matches | ForEach-Object { $_.Groups[1].Value }
            $ids | Should -Contain 'UnknownSource'
            $alarms = Get-ChildItem -Path (Join-Path $PSScriptRoot '../../src/LogDelivery/Alarms') -Filter *.cs
            $ids += ($alarms | Select-String -Pattern 'Obstruct(?:ed)?\("(\w+)"' -AllMatches).Matches | ForEach-Object { $_.Groups[1].Value }
            $ids | Should -Contain 'LogLoop'
            foreach ($id in $ids) { $topic | Should -Match "(?m)^\s+$id\s" }
        }

        It 'answers -?' {
            Test-LogDeliveryBucketPolicy -? | Out-String | Should -BeLike '*Says whether a bucket policy lets the logs in*'
        }
    }

    Context 'completion' {
        It 'completes Regions wherever one is asked for, by code and by name' {
            $commands = Get-Command -Module LogDelivery | Where-Object { $_.Parameters.ContainsKey('Region') }
            $commands.Count | Should -BeGreaterThan 5
            foreach ($command in $commands) {
                (Get-Completion "$($command.Name) -Region us-eas").CompletionText | Should -Contain 'us-east-1' -Because $command.Name
            }

            $tokyo = Get-Completion 'Get-TrailDeliveryHealth -Region tokyo'
            $tokyo.CompletionText | Should -Be 'ap-northeast-1'
            $tokyo.ToolTip | Should -BeLike '*Tokyo*'
        }
    }

    Context 'static analysis' {
        It 'has no complaint by the rules of the Gallery: <File>' -ForEach $Scripts -Skip:(-not $HasAnalyzer) {
            Invoke-ScriptAnalyzer -Path $File -Settings PSGallery | ForEach-Object { "$($_.RuleName), line $($_.Line): $($_.Message)" } | Should -BeNullOrEmpty
        }
    }
}
